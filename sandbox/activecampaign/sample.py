"""The account as a new world finds it: fields, lists, tags, a form with its automation, and the sample people."""

from sandbox.activecampaign import link_rows
from sandbox.activecampaign.automations.definitions import put_automation, put_form
from sandbox.activecampaign.deals.sample import define_sales
from sandbox.activecampaign.edits import new_contact
from sandbox.activecampaign.fields import add_field, attach
from sandbox.activecampaign.scores.definitions import put_score
from sandbox.activecampaign.tags import add_tag
from sandbox.activecampaign.world import World
from sandbox.people.crowd import sample_people
from sandbox.people.person import SamplePerson, Standing
from sandbox.people.vocabulary import INDUSTRIES, LEAD_SOURCES, LIFECYCLE_STAGES, LISTS, TAGS
from sandbox.store import Row

FIELDS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("Country", "text", "COUNTRY", ()),
    ("Job Title", "text", "JOB_TITLE", ()),
    ("Lifecycle Stage", "dropdown", "LIFECYCLE_STAGE", LIFECYCLE_STAGES),
    ("Lead Source", "dropdown", "LEAD_SOURCE", LEAD_SOURCES),
    ("Industry", "dropdown", "INDUSTRY", INDUSTRIES),
    ("Renewal Date", "date", "RENEWAL_DATE", ()),
    ("Budget", "number", "BUDGET", ()),
    ("Zoho ID", "hidden", "ZOHO_ID", ()),
    ("Demo requested at", "datetime", "DEMO_REQUESTED_AT", ()),
    ("Zoho Owner", "text", "ZOHO_OWNER", ()),
    ("Deal Stage", "text", "DEAL_STAGE", ()),
    ("Priority Note", "text", "PRIORITY_NOTE", ()),
)
STATUSES = {
    Standing.UNCONFIRMED: "0",
    Standing.SUBSCRIBED: "1",
    Standing.UNSUBSCRIBED: "2",
    Standing.BOUNCED: "3",
}
ALL_LISTS = "0"
DEMO_REQUEST = "Demo request"
DEMO_REQUESTS = "Demo requests"


def define(world: World) -> None:
    for title, kind, perstag, options in FIELDS:
        row = add_field(world, title, kind, perstag=perstag, options=options)
        attach(world, row["id"], ALL_LISTS)
    for name in LISTS:
        add_list(world, name)
    for name in TAGS:
        add_tag(world, name)
    put_score(world, "Engagement")
    define_sales(world)
    requests = add_list(world, DEMO_REQUESTS)
    form = put_form(world, DEMO_REQUEST, requests["id"])
    put_automation(world, DEMO_REQUEST, {"form": form["id"]}, [{"set_field": "DEMO_REQUESTED_AT", "to": "now"}])


def add_list(world: World, name: str) -> Row:
    id_ = world.next_id(world.lists)
    row = {"id": id_, "name": name, "stringid": name.lower().replace(" ", "-"), "created": world.now()}
    world.lists.put(id_, row)
    return row


def settle(world: World, people: int, seed: int) -> None:
    """Put the sample people in, as they were before anybody looked: no effects."""
    tag_ids = {row["tag"]: row["id"] for row in world.tags}
    list_ids = {row["name"]: row["id"] for row in world.lists}
    now = world.now()
    for person in sample_people(people, seed):
        if person.in_activecampaign:
            _settle_one(world, person, now, tag_ids, list_ids)


def _settle_one(
    world: World, person: SamplePerson, now: int, tag_ids: dict[str, str], list_ids: dict[str, str]
) -> None:
    created = now - int(person.created_before.total_seconds())
    updated = now - int(person.changed_before.total_seconds())
    row = new_contact(world.next_id(world.contacts), person.email, created)
    row |= {"firstName": person.first_name, "lastName": person.last_name, "phone": person.phone}
    row |= {"udate": updated, "updated": updated, "bounced": person.standing is Standing.BOUNCED}
    if person.company:
        world.join_account(row, world.account_named(person.company), created)
    world.add_contact(row)
    _settle_values(world, row["id"], person, created)
    for name, standing in person.lists.items():
        status = STATUSES[standing]
        link_rows.add_standing(world, row["id"], list_ids[name], status, since=created, left=updated, source="3")
    for name in person.tags:
        link_rows.add_tag(world, row["id"], tag_ids[name], updated)


def _settle_values(world: World, contact: str, person: SamplePerson, created: int) -> None:
    values = {
        "COUNTRY": person.country,
        "JOB_TITLE": person.job_title,
        "LIFECYCLE_STAGE": person.lifecycle_stage,
        "LEAD_SOURCE": person.lead_source,
        "INDUSTRY": person.industry,
        "RENEWAL_DATE": person.renewal_date,
        "BUDGET": person.budget,
    }
    for perstag, value in values.items():
        # A value nobody ever set has no row at all.
        if value:
            link_rows.add_value(world, contact, world.field_by_perstag[perstag], value, created)
