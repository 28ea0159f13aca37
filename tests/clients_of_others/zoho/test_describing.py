"""What the vendor's SDK learns about the organisation itself: modules, fields, layouts, lists, users."""

from zohocrmsdk.src.com.zoho.crm.api import fields, layouts, related_lists, users
from zohocrmsdk.src.com.zoho.crm.api.apis import APIsOperations
from zohocrmsdk.src.com.zoho.crm.api.modules import ModulesOperations
from zohocrmsdk.src.com.zoho.crm.api.org import OrgOperations

SALES = {"Leads", "Contacts", "Accounts", "Deals", "Tasks", "Calls", "Notes"}


def test_the_modules_are_named(leads):
    listed = ModulesOperations().get_modules().get_object().get_modules()

    assert {module.get_api_name() for module in listed} >= SALES


def test_one_module_is_described_by_its_name(leads):
    [module] = ModulesOperations().get_module_by_api_name("Leads").get_object().get_modules()

    assert (module.get_api_name(), module.get_convertable(), module.get_plural_label()) == ("Leads", True, "Leads")


def test_the_fields_of_a_module_are_described(leads, asking, stored, ada):
    asked = asking({fields.GetFieldsParam.module: "Leads"})

    described = fields.FieldsOperations().get_fields(asked).get_object().get_fields()

    kinds = {field.get_api_name(): field.get_data_type() for field in described}
    assert (kinds["Email"], kinds["Owner"], kinds["Lead_Status"]) == ("email", "ownerlookup", "picklist")
    assert set(kinds) <= set(stored("Leads", ada)) | {"Layout"}


def test_a_layout_is_described(leads, asking):
    asked = asking({layouts.GetLayoutsParam.module: "Leads"})

    [layout] = layouts.LayoutsOperations().get_layouts(asked).get_object().get_layouts()

    assert (layout.get_name(), len(layout.get_sections()) > 1) == ("Standard", True)


def test_related_lists_are_named(leads, asking):
    asked = asking({related_lists.GetRelatedListsParam.module: "Leads"})

    listed = related_lists.RelatedListsOperations().get_related_lists(asked).get_object().get_related_lists()

    assert {"Tasks", "Notes"} <= {one.get_api_name() for one in listed}


def test_the_users_are_listed_and_the_organisation_named(leads, asking):
    asked = asking({users.GetUsersParam.type: "ActiveUsers"})

    [organisation] = OrgOperations().get_organization().get_object().get_org()

    listed = users.UsersOperations().get_users(asked).get_object().get_users()
    assert all(user.get_key_value("status") == "active" for user in listed)
    assert organisation.get_time_zone() == "Europe/Berlin"


def test_the_paths_that_may_be_called_are_told(leads):
    told = APIsOperations().get_supported_api().get_object().get_apis()

    assert "/crm/v8/coql" in {one.get_path() for one in told}
