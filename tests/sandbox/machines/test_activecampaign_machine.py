"""Any sequence of calls and deeds leaves the practice account's own rules whole, as a client sees them."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from sandbox.clock import Clock
from sandbox.in_process import InProcessTransport
from sandbox.opening import open_crm

ACCOUNT = "http://account.example"
TOKEN = {"Api-Token": "practice-activecampaign-token"}
EVERYTHING = {"orders[id]": "ASC", "limit": "100", "include": "contactTags,contactLists,fieldValues"}
OF_KIND = {"contactTags": "tags", "fieldValues": "fields"}
LINKS = {"contactTags": ("tag", "tag"), "contactLists": ("list", "status"), "fieldValues": ("field", "value")}
"""The rows that hang on a contact: what they tie it to, and what they say of the tie."""

SAME_EVERY_TIME = settings(
    max_examples=30,
    stateful_step_count=30,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate, Phase.shrink],
)

picks = st.integers(0, 4)
few = st.sampled_from(["1", "2", "3"])
emails = st.sampled_from(["ada@halden.example", "ADA@Halden.example", "bo@halden.example", "cy@halden.example"])
wishes = st.fixed_dictionaries(
    {"email": emails},
    optional={
        "firstName": st.sampled_from(["", "Ada", "Bo"]),
        "fieldValues": st.lists(
            st.fixed_dictionaries({"field": few, "value": st.sampled_from(["a", "b"])}), max_size=2
        ),
    },
)


class Account(RuleBasedStateMachine):
    """Keeps its own books of the contacts and what hangs on them, and holds every answer against them."""

    def __init__(self) -> None:
        super().__init__()
        self.moment = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
        self.app = open_crm("activecampaign", people=0, clock=Clock(lambda: self.moment), settings={"limits": False})
        self.client = httpx.Client(transport=InProcessTransport(self.app), base_url=f"{ACCOUNT}/api/3/", headers=TOKEN)
        self.there: dict[str, dict[str, Any]] = {}
        self.links: dict[str, dict[tuple[str, str], dict[str, Any]]] = {name: {} for name in LINKS}
        self.gone: set[str] = set()
        self.undefined: set[str] = set()
        self.unlinked: dict[str, set[str]] = {name: set() for name in LINKS}

    def teardown(self) -> None:
        self.client.close()
        self.app.close()

    @initialize(wanted=st.lists(wishes, min_size=1, max_size=3))
    def some_are_there_already(self, wanted):
        for wish in wanted:
            self.sync(wish)

    @rule(seconds=st.integers(1, 90))
    def wait(self, seconds):
        self.moment += timedelta(seconds=seconds)

    @rule(wish=wishes)
    def create(self, wish):
        answer = self.client.post("contacts", json={"contact": wish})

        assert answer.status_code == (422 if self.owner_of(wish["email"]) else 201)
        self.take_in(*([answer.json()["contact"]["id"]] if answer.is_success else []))

    @rule(wish=wishes)
    def sync(self, wish):
        owner = self.owner_of(wish["email"])

        answer = self.client.post("contact/sync", json={"contact": wish})

        id_ = answer.json()["contact"]["id"]
        assert (answer.status_code, owner or id_) == (200 if owner else 201, id_)
        self.take_in(*([] if owner else [id_]))

    @precondition(lambda self: self.there)
    @rule(pick=picks, wish=wishes)
    def change(self, pick, wish):
        id_ = self.picked(pick)

        answer = self.client.put(f"contacts/{id_}", json={"contact": wish})

        assert answer.status_code == (200 if self.owner_of(wish["email"]) in {None, id_} else 422)

    @precondition(lambda self: self.there)
    @rule(pick=picks)
    def delete(self, pick):
        id_ = self.picked(pick)

        assert self.client.delete(f"contacts/{id_}").status_code == 200
        self.let_go(id_)

    @precondition(lambda self: self.gone)
    @rule(pick=picks)
    def seek_who_is_gone(self, pick):
        id_ = sorted(self.gone)[pick % len(self.gone)]
        asked = [
            self.client.get(f"contacts/{id_}"),
            self.client.put(f"contacts/{id_}", json={"contact": {"firstName": "Ada"}}),
            self.client.delete(f"contacts/{id_}"),
            self.client.post("contactTags", json={"contactTag": {"contact": id_, "tag": "1"}}),
            self.client.post("contactLists", json={"contactList": {"contact": id_, "list": "1", "status": 1}}),
            self.client.get(f"contacts/{id_}/contactTags"),
        ]

        assert {answer.status_code for answer in asked} == {404}

    @precondition(lambda self: self.there)
    @rule(pick=picks, tag=few)
    def tag(self, pick, tag):
        id_ = self.picked(pick)

        answer = self.client.post("contactTags", json={"contactTag": {"contact": id_, "tag": tag}})

        known = self.links["contactTags"].get((id_, tag))
        is_defined = tag != "3" or "tags" not in self.undefined
        assert answer.status_code == ((200 if known else 201) if is_defined else 404)
        assert known is None or answer.json()["contactTag"]["id"] == known["id"]

    @rule(kind=st.sampled_from(["tags", "fields"]))
    def delete_a_definition(self, kind):
        """What hangs on the tag or the field goes with it."""
        assert self.client.delete(f"{kind}/3").is_success is (kind not in self.undefined)
        self.undefined.add(kind)

    @precondition(lambda self: self.links["contactTags"])
    @rule(pick=picks)
    def untag(self, pick):
        self.unlink("contactTags", pick)

    @precondition(lambda self: self.links["fieldValues"])
    @rule(pick=picks)
    def clear_a_value(self, pick):
        self.unlink("fieldValues", pick)

    @precondition(lambda self: self.there)
    @rule(pick=picks, list_=few, status=st.sampled_from([1, 2]))
    def stand_on_a_list(self, pick, list_, status):
        sent = {"contact": self.picked(pick), "list": list_, "status": status}

        answer = self.client.post("contactLists", json={"contactList": sent})

        assert answer.status_code == (200 if (sent["contact"], list_) in self.links["contactLists"] else 201)

    @precondition(lambda self: self.there)
    @rule(pick=picks)
    def unsubscribe_by_hand(self, pick):
        assert self.deed("unsubscribe", id=self.picked(pick)).is_success

    @precondition(lambda self: self.there)
    @rule(pick=picks, email=emails)
    def edit_by_hand(self, pick, email):
        id_ = self.picked(pick)

        answer = self.deed("edit", module="contact", id=id_, values={"email": email, "fields": {"BUDGET": "7"}})

        assert answer.is_success is (self.owner_of(email) in {None, id_})

    @precondition(lambda self: len(self.there) > 1)
    @rule(pick=picks, other=picks)
    def merge(self, pick, other):
        kept = self.picked(pick)
        rest = [id_ for id_ in sorted(self.there) if id_ != kept]

        assert self.deed("merge", into=kept, **{"from": rest[other % len(rest)]}).is_success
        self.let_go(rest[other % len(rest)])

    @invariant()
    def the_rules_hold(self):
        answer = self.client.get("contacts", params=EVERYTHING).json()
        self.whoever_is_there_is_listed_once_and_nobody_else(answer)
        for name in LINKS:
            self.what_hangs_on_contacts_hangs_on_them_alone(name, answer[name])
        self.the_collections_hold_nothing_more()
        self.counts_agree_with_what_is_there()

    def whoever_is_there_is_listed_once_and_nobody_else(self, answer):
        listed = {row["id"]: row for row in answer["contacts"]}
        addresses = [row["email"].lower() for row in listed.values()]

        assert len(listed) == len(answer["contacts"]) == int(answer["meta"]["total"])
        assert set(listed) == set(self.there)
        assert not set(listed) & self.gone
        assert len(addresses) == len(set(addresses))
        for id_, row in self.there.items():
            assert listed[id_]["cdate"] == row.get("cdate", listed[id_]["cdate"])
            assert listed[id_]["udate"] >= row.get("udate", "")
        self.there = listed

    def what_hangs_on_contacts_hangs_on_them_alone(self, name, rows):
        tied_to, _ = LINKS[name]
        now = {(row["contact"], row[tied_to]): row for row in rows}

        assert len(now) == len(rows)
        assert {contact for contact, _ in now} <= set(self.there)
        assert not (OF_KIND.get(name) in self.undefined and any(thing == "3" for _, thing in now))
        self.unlinked[name] |= {row["id"] for row in self.links[name].values()} - {row["id"] for row in rows}
        assert not self.unlinked[name] & {row["id"] for row in rows}
        self.links[name] = now

    def the_collections_hold_nothing_more(self):
        for name in ("contactLists", "fieldValues"):
            rows = self.client.get(name, params={"limit": "100"}).json()[name]

            assert {row["id"] for row in rows} == {row["id"] for row in self.links[name].values()}

    def counts_agree_with_what_is_there(self):
        tags = Counter(tag for _, tag in self.links["contactTags"])
        active = Counter(list_ for (_, list_), row in self.links["contactLists"].items() if row["status"] == "1")

        for row in self.client.get("tags").json()["tags"]:
            assert int(row["subscriber_count"]) == tags[row["id"]]
        for row in self.client.get("lists").json()["lists"]:
            assert int(row["active_subscribers"]) == active[row["id"]]

    def unlink(self, name: str, pick: int) -> None:
        rows = sorted(self.links[name].values(), key=lambda row: int(row["id"]))
        id_ = rows[pick % len(rows)]["id"]

        assert [self.client.delete(f"{name}/{id_}").is_success for _ in range(2)] == [True, False]

    def deed(self, name: str, **body: Any) -> httpx.Response:
        return self.client.post(f"{ACCOUNT}/_sandbox/people/{name}", json=body)

    def picked(self, pick: int) -> str:
        return sorted(self.there, key=int)[pick % len(self.there)]

    def owner_of(self, email: str) -> str | None:
        owners = [id_ for id_, row in self.there.items() if row.get("email", "").lower() == email.lower()]
        return owners[0] if owners else None

    def take_in(self, *ids: str) -> None:
        """Whoever is new has an id nobody ever had, above all that were given before."""
        for id_ in ids:
            assert int(id_) > max(map(int, {*self.there, *self.gone, "0"}))
            self.there[id_] = self.client.get(f"contacts/{id_}").json()["contact"]

    def let_go(self, id_: str) -> None:
        del self.there[id_]
        self.gone.add(id_)


def test_no_sequence_of_calls_breaks_the_rules_of_the_account():
    run_state_machine_as_test(Account, settings=SAME_EVERY_TIME)
