"""Any sequence of calls and deeds leaves the practice organisation's own rules whole, as a client sees them."""

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

ORGANISATION = "http://organisation.example"
CREDENTIALS = {
    "grant_type": "refresh_token",
    "client_id": "1000.PRACTICE",
    "client_secret": "practice-zoho-secret",
    "refresh_token": "1000.practice.refresh",
}
USUAL = {"Leads": {"Last_Name": "Birk", "Company": "Halden"}, "Contacts": {"Last_Name": "Birk"}}
UNIQUE = ("Email", "ActiveCampaign_ID")
READ = "Last_Name,Email,ActiveCampaign_ID,Created_Time,Modified_Time"
QUERY = f"select {READ} from {{}} where id is not null limit 200"  # noqa: S608 - no database is behind it

SAME_EVERY_TIME = settings(
    max_examples=30,
    stateful_step_count=30,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate, Phase.shrink],
)

modules = st.sampled_from(sorted(USUAL))
picks = st.integers(0, 4)
values = st.fixed_dictionaries(
    {"Email": st.sampled_from([None, "ada@halden.example", "ADA@Halden.example", "bo@halden.example"])},
    optional={"ActiveCampaign_ID": st.sampled_from([None, "1", "2"])},
)


class Organisation(RuleBasedStateMachine):
    """Keeps its own books of which record is there, gone or converted, and holds every answer against them."""

    def __init__(self) -> None:
        super().__init__()
        self.moment = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
        unique = {"email_unique": {"Leads": True, "Contacts": True}, "limits": False}
        self.app = open_crm("zoho", people=0, clock=Clock(lambda: self.moment), settings=unique)
        self.client = httpx.Client(transport=InProcessTransport(self.app), base_url=f"{ORGANISATION}/crm/v8/")
        token = self.client.post(f"{ORGANISATION}/oauth/v2/token", data=CREDENTIALS).json()["access_token"]
        self.client.headers["authorization"] = f"Zoho-oauthtoken {token}"
        self.there: dict[str, dict[str, dict[str, Any]]] = {module: {} for module in USUAL}
        self.gone: dict[str, dict[str, dict[str, Any]]] = {module: {} for module in USUAL}
        self.gone_for_good: dict[str, set[str]] = {module: set() for module in USUAL}
        self.converted: set[str] = set()
        self.given: set[str] = set()

    def teardown(self) -> None:
        self.client.close()
        self.app.close()

    @initialize(rows=st.lists(st.tuples(modules, values), min_size=3, max_size=8))
    def some_are_there_already(self, rows):
        for module, said in rows:
            self.take_in(module, self.write("POST", module, USUAL[module] | said))

    @rule(seconds=st.integers(1, 90))
    def wait(self, seconds):
        self.moment += timedelta(seconds=seconds)

    @rule(module=modules, said=values)
    def insert(self, module, said):
        item = self.write("POST", module, USUAL[module] | said)

        assert (item["code"] == "SUCCESS") is not bool(self.holders(module, said))
        self.take_in(module, item)

    @rule(module=modules, said=values)
    def upsert(self, module, said):
        item = self.write("POST", f"{module}/upsert", USUAL[module] | said)

        holders = self.holders(module, said)
        assert item.get("action") in ({"update", None} if holders else {"insert"})
        assert item.get("action") != "update" or item["details"]["id"] in holders - self.converted
        self.take_in(module, item)

    @precondition(lambda self: any(self.there.values()))
    @rule(pick=picks, said=values)
    def update(self, pick, said):
        module, id_ = self.picked(self.there, pick)

        item = self.write("PUT", f"{module}/{id_}", said)

        is_free = self.holders(module, said) <= {id_}
        assert (item["code"] == "SUCCESS") is (id_ not in self.converted and is_free)

    @precondition(lambda self: any(self.there.values()))
    @rule(pick=picks)
    def delete(self, pick):
        module, id_ = self.picked(self.there, pick)

        assert self.client.delete(module, params={"ids": id_}).status_code == 200
        self.put_away(module, id_)

    @precondition(lambda self: any(self.there.values()))
    @rule(pick=picks)
    def delete_by_hand(self, pick):
        module, id_ = self.picked(self.there, pick)

        assert self.deed("delete", module=module, id=id_).is_success
        self.put_away(module, id_)

    @precondition(lambda self: any(self.gone.values()))
    @rule(pick=picks)
    def seek_what_is_gone(self, pick):
        module, id_ = self.picked(self.gone, pick)

        assert self.client.delete(f"{module}/{id_}").status_code == 400
        assert self.client.get(f"{module}/{id_}").status_code == 204
        assert self.write("PUT", f"{module}/{id_}", {"Email": None})["code"] == "INVALID_DATA"

    @precondition(lambda self: any(self.gone.values()))
    @rule(pick=picks)
    def restore(self, pick):
        module, id_ = self.picked(self.gone, pick)

        answer = self.client.post(f"settings/recycle_bin/{id_}/actions/restore")

        self.comes_back(module, id_, answer)

    @precondition(lambda self: any(self.gone.values()))
    @rule(pick=picks)
    def restore_by_hand(self, pick):
        module, id_ = self.picked(self.gone, pick)

        self.comes_back(module, id_, self.deed("restore", module=module, id=id_))

    @precondition(lambda self: any(self.gone.values()))
    @rule(pick=picks)
    def delete_for_good(self, pick):
        module, id_ = self.picked(self.gone, pick)

        assert self.client.delete(f"settings/recycle_bin/{id_}").is_success
        assert not self.client.post(f"settings/recycle_bin/{id_}/actions/restore").is_success
        assert not self.deed("restore", module=module, id=id_).is_success
        del self.gone[module][id_]
        self.gone_for_good[module].add(id_)

    @precondition(lambda self: self.there["Leads"])
    @rule(pick=picks)
    def convert(self, pick):
        _, id_ = self.picked({"Leads": self.there["Leads"]}, pick)

        answer = self.client.post(f"Leads/{id_}/actions/convert", json={"data": [{}]})

        if id_ in self.converted:
            assert answer.json()["code"] == "ID_ALREADY_CONVERTED"
        else:
            self.becomes_a_contact(id_, answer.json()["data"][0])

    @precondition(lambda self: any(len(rows) > 1 for rows in self.there.values()))
    @rule(pick=picks, others=st.sets(picks, min_size=1, max_size=2))
    def merge_by_hand(self, pick, others):
        module, winner, losers = self.rivals(pick, others)

        assert self.deed("merge", module=module, into=winner, **{"from": losers}).is_success
        self.put_away(module, *losers)

    @precondition(lambda self: any(len(rows) > 1 for rows in self.there.values()))
    @rule(pick=picks, others=st.sets(picks, min_size=1, max_size=2))
    def merge(self, pick, others):
        module, winner, losers = self.rivals(pick, others)
        asked = {"merge": [{"data": [{"id": id_} for id_ in losers]}]}

        answer = self.client.post(f"{module}/{winner}/actions/merge", json=asked)

        assert answer.is_success is self.converted.isdisjoint({winner, *losers}), answer.text
        self.put_away(module, *(losers if answer.is_success else ()))

    @invariant()
    def the_rules_hold(self):
        self.whoever_is_there_is_listed_once_and_nobody_else()
        self.unique_values_stay_unique()
        self.what_is_deleted_is_told_of_and_not_there()
        self.converted_leads_stay_out_of_sight_and_counts_agree_with_lists()
        self.a_query_says_what_the_list_says()

    def whoever_is_there_is_listed_once_and_nobody_else(self):
        for module, rows in self.there.items():
            listed = self.listed(module, converted="both")
            known = {row["id"]: row for row in listed}

            assert len(listed) == len(known)
            assert set(known) == set(rows)
            for id_, row in rows.items():
                assert known[id_]["Created_Time"] == row.get("Created_Time", known[id_]["Created_Time"])
                assert known[id_]["Modified_Time"] >= row.get("Modified_Time", "")
            self.there[module] = known

    def unique_values_stay_unique(self):
        for rows in self.there.values():
            for name in UNIQUE:
                held = [row[name].lower() for row in rows.values() if row.get(name)]
                assert len(held) == len(set(held))

    def what_is_deleted_is_told_of_and_not_there(self):
        for module, rows in self.gone.items():
            told = self.rows(self.client.get(f"{module}/deleted", params={"type": "all"}))
            kinds = {entry["id"]: entry["type"] for entry in told}

            assert len(told) == len(kinds)
            assert kinds == dict.fromkeys(rows, "recycle") | dict.fromkeys(self.gone_for_good[module], "permanent")
            assert not set(kinds) & set(self.there[module])

    def converted_leads_stay_out_of_sight_and_counts_agree_with_lists(self):
        for module, rows in self.there.items():
            seen = {row["id"] for row in self.listed(module)}
            count = self.client.get(f"{module}/actions/count").json()["count"]

            assert seen == set(rows) - self.converted
            assert count == len(seen)
        hidden = {row["id"] for row in self.listed("Leads", converted="true")}
        assert hidden == self.converted & set(self.there["Leads"])

    def a_query_says_what_the_list_says(self):
        for module, rows in self.there.items():
            text = QUERY.format(module)
            found = self.rows(self.client.post("coql", json={"select_query": text}))

            assert {row["id"]: row for row in found} == rows

    def write(self, method: str, path: str, record: dict[str, Any]) -> dict[str, Any]:
        [item] = self.client.request(method, path, json={"data": [record]}).json()["data"]
        return item

    def deed(self, name: str, **body: Any) -> httpx.Response:
        return self.client.post(f"{ORGANISATION}/_sandbox/people/{name}", json=body)

    def listed(self, module: str, **asked: str) -> list[dict[str, Any]]:
        return self.rows(self.client.get(module, params={"fields": READ, "per_page": "200", **asked}))

    def rows(self, answer: httpx.Response) -> list[dict[str, Any]]:
        assert answer.status_code in {200, 204}, answer.text
        return answer.json()["data"] if answer.status_code == 200 else []

    def picked(self, shelves: dict[str, dict[str, Any]], pick: int) -> tuple[str, str]:
        """The module and the id of one of these records."""
        places = [(module, id_) for module, rows in shelves.items() for id_ in sorted(rows, key=int)]
        return places[pick % len(places)]

    def rivals(self, pick: int, others: set[int]) -> tuple[str, str, list[str]]:
        """A module that has several, the record that wins, and one or two that lose."""
        module, winner = self.picked({name: rows for name, rows in self.there.items() if len(rows) > 1}, pick)
        rest = {module: {id_: row for id_, row in self.there[module].items() if id_ != winner}}
        return module, winner, sorted({self.picked(rest, other)[1] for other in others})

    def comes_back(self, module: str, id_: str, answer: httpx.Response) -> None:
        """A deleted record comes back as itself, unless somebody has what only one may have."""
        is_free = not self.holders(module, self.gone[module][id_])
        assert answer.is_success is is_free, answer.text
        self.there[module] |= {id_: self.gone[module].pop(id_)} if is_free else {}

    def holders(self, module: str, said: dict[str, Any]) -> set[str]:
        """Whoever has one of the values that only one may have."""
        wanted = {(name, said[name].lower()) for name in UNIQUE if said.get(name)}
        there = self.there[module].items()
        return {id_ for id_, row in there if wanted & {(name, str(row.get(name)).lower()) for name in UNIQUE}}

    def take_in(self, module: str, item: dict[str, Any]) -> None:
        """Whoever was not there before has an id nobody ever had."""
        if item["code"] == "SUCCESS" and (id_ := item["details"]["id"]) not in self.there[module]:
            assert id_ not in self.given
            self.given.add(id_)
            self.there[module][id_] = {}

    def becomes_a_contact(self, lead: str, item: dict[str, Any]) -> None:
        """A lead is refused only when its address and its mark belong to two different contacts."""
        owners = self.holders("Contacts", self.there["Leads"][lead])
        assert item["code"] in ({"SUCCESS", "DUPLICATE_DATA"} if len(owners) > 1 else {"SUCCESS"})
        if item["code"] == "SUCCESS":
            self.converted.add(lead)
            self.take_in("Contacts", {"code": "SUCCESS", "details": item["details"]["Contacts"]})

    def put_away(self, module: str, *ids: str) -> None:
        self.gone[module] |= {id_: self.there[module].pop(id_) for id_ in ids}


def test_no_sequence_of_calls_breaks_the_rules_of_the_organisation():
    run_state_machine_as_test(Organisation, settings=SAME_EVERY_TIME)
