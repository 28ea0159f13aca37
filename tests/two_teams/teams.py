"""Two teams at work on the same people, by the dice of one seed, while messages and calls go wrong.

What they said is kept for the judge. The model is naive on purpose: it knows nothing of how Baton decides.
"""

from collections import Counter
from dataclasses import dataclass, field
from random import Random

from baton.domain.failures import Failure
from baton.domain.records import CONTACT
from tests.flows.conftest import ACTIVECAMPAIGN, ZOHO, World

PHONE, RENEWAL = "phone", "renewal"
FIELDS = {PHONE: ("phone", "Phone"), RENEWAL: ("RENEWAL_DATE", "Renewal_Date")}
"""Both go both ways by the demo contract, and Leads and Contacts have them."""
GET, WRITES = "GET *", ("POST /api/3/contacts*", "PUT /api/3/contacts*", "POST /crm/v8/Leads*", "PUT /crm/v8/Leads*")


@dataclass
class Teams:
    """`contacts` are ids in ActiveCampaign; `said` is what each side said by contact and field since it was quiet."""

    world: World
    dice: Random
    contacts: list[str]
    said: dict[tuple[str, str], dict[str, list[str]]] = field(default_factory=dict)
    left: set[str] = field(default_factory=set)
    seen_out: set[str] = field(default_factory=set)
    converted: set[str] = field(default_factory=set)
    made: set[str] = field(default_factory=set)
    fired: Counter[str] = field(default_factory=Counter)
    steps: list[str] = field(default_factory=list)

    def rest(self) -> None:
        """A quiet point is over: all that was said is known to both sides."""
        self.said.clear()
        self.converted.clear()
        self.seen_out |= self.left

    def step(self) -> None:
        name = self.dice.choice(ACTS)
        self.steps.append(name)
        if getattr(self, name)() is not False:
            self.fired[name] += 1

    # What people do.

    def edit_in_marketing(self) -> None:
        contact, name = self._pick()
        self._type_in_marketing(contact, name, self._value(name))

    def edit_in_sales(self) -> bool:
        contact, name = self._pick()
        return self._type_in_sales(contact, name, self._value(name))

    def clear_in_marketing(self) -> None:
        self._type_in_marketing(*self._pick(), "")

    def clear_in_sales(self) -> bool:
        """Of a Contact just converted nobody can tell whether a blank was cleared or left behind by the conversion."""
        contact, name = self._pick()
        return contact not in self.converted and self._type_in_sales(contact, name, "")

    def change_the_address(self) -> None:
        contact = self.dice.choice(self.contacts)
        address = f"moved{len(self.steps)}@two-teams.example"
        self.world.activecampaign.post("people/edit", module=CONTACT.name, id=contact, values={"email": address})

    def create_in_marketing(self) -> None:
        self._make(self._newcomer(), in_marketing=True, in_sales=False)

    def create_in_sales(self) -> None:
        self._make(self._newcomer(), in_marketing=False, in_sales=True)

    def create_in_both_at_once(self) -> None:
        self._make(self._newcomer(), in_marketing=True, in_sales=True)

    def leave_by_a_mail(self) -> None:
        contact = self.dice.choice(self.contacts)
        self.world.activecampaign.post("people/unsubscribe", id=contact)
        if "2" in self.world.activecampaign.get(f"records/contact/{contact}")["lists"].values():
            self.left.add(contact)

    def opt_out_in_sales(self) -> bool:
        return self._tick(self.dice.choice(self.contacts), is_out=True)

    def untick_an_opt_out(self) -> bool:
        """Of somebody whose opt-out was seen: a tick that comes and goes between two reads was never there."""
        return bool(self.seen_out) and self._tick(self.dice.choice(sorted(self.seen_out)), is_out=False)

    def convert(self) -> bool:
        record = record_of(self.world, self.dice.choice(self.contacts))
        if record is None or record["module"] != "Leads":
            return False
        self.world.zoho.post("people/convert", id=record["id"])
        self.converted.add(record["ActiveCampaign_ID"])
        return True

    def delete_and_restore(self) -> bool:
        record = record_of(self.world, self.dice.choice(self.contacts))
        if record is None:
            return False
        self.world.zoho.post("people/delete", module=record["module"], id=record["id"])
        self._carry_on()
        self.world.zoho.post("people/restore", module=record["module"], id=record["id"])
        return True

    # How messages and calls go.

    def read_one_stream(self) -> None:
        self._try(lambda: self.world.pull(self.dice.choice((ACTIVECAMPAIGN, *ZOHO))))

    def decide(self) -> None:
        self._try(self.world.decide)

    def write(self) -> None:
        self._try(self.world.write)

    def double_messages(self) -> None:
        self.world.due = self.world.due * 2

    def reorder_messages(self) -> None:
        self.dice.shuffle(self.world.due)

    def lose_messages(self) -> None:
        self.world.due = []

    def fail_calls(self) -> None:
        self._go_wrong("status", GET, status=500)

    def throttle_calls(self) -> None:
        self._go_wrong("too_many", "* *", retry_after=1)

    def reset_after_the_effect(self) -> None:
        self._go_wrong("reset", self.dice.choice(WRITES), after_effect=True)

    def reset_before_the_effect(self) -> None:
        self._go_wrong("reset", self.dice.choice((GET, *WRITES)))

    def cut_answers(self) -> None:
        self._go_wrong("cut_body", "* *")

    def _go_wrong(self, kind: str, route: str, **detail: object) -> None:
        practice = self.dice.choice((self.world.activecampaign, self.world.zoho))
        practice.post("faults", kind=kind, route=route, every=1, times=self.dice.randint(1, 2), **detail)
        self._carry_on()

    def _carry_on(self) -> None:
        for act in self.dice.sample((self.read_one_stream, self.decide, self.write), 3):
            act()

    def _try(self, act) -> None:
        try:
            act()
        except Failure:
            self.fired["a call that failed"] += 1

    # What is typed where.

    def _type_in_marketing(self, contact: str, name: str, value: str) -> None:
        place = FIELDS[name][0]
        values = {"fields": {place: value}} if place.isupper() else {place: value}
        self.world.activecampaign.post("people/edit", module=CONTACT.name, id=contact, values=values)
        self._say(contact, name, "marketing", value)

    def _type_in_sales(self, contact: str, name: str, value: str) -> bool:
        record = record_of(self.world, contact)
        if record is None:
            return False
        values = {FIELDS[name][1]: value or None}
        self.world.zoho.post("people/edit", module=record["module"], id=record["id"], values=values)
        self._say(contact, name, "sales", value)
        return True

    def _tick(self, contact: str, *, is_out: bool) -> bool:
        record = record_of(self.world, contact)
        if record is None:
            return False
        values = {"Email_Opt_Out": is_out}
        self.world.zoho.post("people/edit", module=record["module"], id=record["id"], values=values)
        self.left.add(contact)
        return True

    def _make(self, address: str, *, in_marketing: bool, in_sales: bool) -> None:
        if in_marketing:
            values = {"email": address, "lastName": "New"}
            self.world.activecampaign.post("people/create", module=CONTACT.name, values=values)
        if in_sales:
            values = {"Email": address, "Last_Name": "New", "Company": "New & Co"}
            self.world.zoho.post("people/create", module="Leads", values=values)

    def _pick(self) -> tuple[str, str]:
        return self.dice.choice(self.contacts), self.dice.choice(list(FIELDS))

    def _value(self, name: str) -> str:
        number = len(self.steps)
        return f"+4930{1_000_000 + number}" if name == PHONE else f"2027-{number % 12 + 1:02}-{number % 28 + 1:02}"

    def _say(self, contact: str, name: str, side: str, value: str) -> None:
        self.said.setdefault((contact, name), {}).setdefault(side, []).append(value)

    def _newcomer(self) -> str:
        address = f"new{len(self.steps)}@two-teams.example"
        self.made.add(address)
        return address


def record_of(world: World, contact: str) -> dict | None:
    """The record in Zoho that stands for the contact now: a Contact before a Lead, and no converted one."""
    for module in ("Contacts", "Leads"):
        for row in world.zoho.records(module):
            if row.get("ActiveCampaign_ID") == contact and not row.get("Converted__s"):
                return {**row, "module": module}
    return None


ACTS = (
    *("edit_in_marketing", "edit_in_sales", "clear_in_marketing", "clear_in_sales", "change_the_address"),
    *("create_in_marketing", "create_in_sales", "create_in_both_at_once"),
    *("leave_by_a_mail", "opt_out_in_sales", "untick_an_opt_out", "convert", "delete_and_restore"),
    *("read_one_stream", "decide", "write", "double_messages", "reorder_messages", "lose_messages"),
    *("fail_calls", "throttle_calls", "reset_after_the_effect", "reset_before_the_effect", "cut_answers"),
)
