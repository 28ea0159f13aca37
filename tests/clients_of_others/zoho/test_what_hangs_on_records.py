"""Lookups, tags, notes, merges and the bin through the vendor's SDK, read back from the organisation's own state."""

import pytest
import zohocrmsdk.src.com.zoho.crm.api.find_and_merge as merging
import zohocrmsdk.src.com.zoho.crm.api.notes as noting
import zohocrmsdk.src.com.zoho.crm.api.tags as tagging
from zohocrmsdk.src.com.zoho.crm.api.modules import MinifiedModule
from zohocrmsdk.src.com.zoho.crm.api.record import RecordOperations
from zohocrmsdk.src.com.zoho.crm.api.recycle_bin import RecycleBinOperations
from zohocrmsdk.src.com.zoho.crm.api.related_records import GetRelatedRecordsParam, RelatedRecordsOperations
from zohocrmsdk.src.com.zoho.crm.api.timelines import TimelinesOperations
from zohocrmsdk.src.com.zoho.crm.api.users import MinifiedUser


@pytest.fixture
def note():
    """Write a note on a lead; gives what the SDK was answered."""

    def write(lead_id, title):
        module = MinifiedModule()
        module.set_api_name("Leads")
        parent = noting.ParentId()
        parent.set_id(lead_id)
        parent.set_module(module)
        written = noting.Note()
        written.set_note_title(title)
        written.set_note_content("Nobody was there")
        written.set_parent_id(parent)
        asked = noting.BodyWrapper()
        asked.set_data([written])
        return noting.NotesOperations().create_notes(asked)

    return write


@pytest.fixture
def tag():
    """Put a tag on a lead."""

    def wear(lead_id, name):
        worn = tagging.Tag()
        worn.set_name(name)
        asked = tagging.NewTagRequestWrapper()
        asked.set_tags([worn])
        return tagging.TagsOperations().add_tags("Leads", lead_id, asked)

    return wear


def test_lookups_are_sent_as_the_client_sends_them_with_numbers_for_ids(leads, body, record, stored):
    accounts, contacts = RecordOperations("Accounts"), RecordOperations("Contacts")
    account = accounts.create_records(body({"Account_Name": "Halden"})).get_object().get_data()[0].get_details()["id"]
    named = record()
    named.set_id(int(account))

    answer = contacts.create_records(body({"Last_Name": "Birk", "Account_Name": named}))

    made = stored("Contacts", answer.get_object().get_data()[0].get_details()["id"])
    assert made["Account_Name"] == {"name": "Halden", "id": account}


def test_a_record_is_given_to_another_owner(leads, ada, body, control, stored):
    other = next(row["Owner"] for row in control.get("records/Leads").json()["records"])
    owner = MinifiedUser()
    owner.set_id(int(other["id"]))

    leads.update_record(ada, body({"Owner": owner}))

    assert stored("Leads", ada)["Owner"]["id"] == other["id"]


def test_a_note_is_written_and_read_where_it_hangs(leads, ada, note, asking, control):
    written = note(ada, "Called").get_object().get_data()[0].get_details()["id"]

    read = RelatedRecordsOperations("Notes", "Leads").get_related_records(
        ada, asking({GetRelatedRecordsParam.fields: "Note_Title"})
    )

    assert [row.get_key_value("Note_Title") for row in read.get_object().get_data()] == ["Called"]
    assert control.get(f"records/Notes/{written}").json()["Parent_Id"]["id"] == str(ada)


def test_a_tag_is_put_on_a_record(leads, ada, tag, stored):
    answer = tag(ada, "Fair 2026")

    assert answer.get_object().get_data()[0].get_code().get_value() == "SUCCESS"
    assert [worn["name"] for worn in stored("Leads", ada)["Tag"]] == ["Fair 2026"]
    assert [worn.get_name() for worn in leads.get_record(ada).get_object().get_data()[0].get_tag()] == ["Fair 2026"]


def test_two_records_become_one(leads, ada, body, stored, control):
    twin = {"Last_Name": "Birk", "Company": "Halden", "Phone": "030 1"}
    loser = int(leads.create_records(body(twin)).get_object().get_data()[0].get_details()["id"])
    data, merge, asked = merging.MergeData(), merging.Merge(), merging.BodyWrapper()
    data.set_id(loser)
    merge.set_data([data])
    asked.set_merge([merge])

    merging.FindAndMergeOperations("Leads", ada).merge_records(asked)

    assert stored("Leads", ada)["Phone"] == "030 1"
    assert control.get(f"records/Leads/{loser}").status_code == 404


def test_a_deleted_record_lies_in_the_bin_until_it_goes_for_good(leads, ada):
    leads.delete_record(ada)
    bin_ = RecycleBinOperations()
    lying = bin_.get_recyclebin_records().get_object().get_recycle_bin()

    bin_.delete_recyclebin_record(ada)

    assert [entry.get_id() for entry in lying] == [ada]
    assert bin_.get_recyclebin_records().get_status_code() == 204


def test_the_timeline_tells_what_was_done(leads, ada, tag):
    tag(ada, "Fair 2026")

    told = TimelinesOperations().get_timelines("Leads", str(ada)).get_object().get_timeline()

    assert [entry.get_action() for entry in told] == ["tag_added", "added"]
