"""What the pages show of the practice ActiveCampaign account: contacts, and what people and contacts do there."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from itertools import islice
from types import MappingProxyType

from sandbox.activecampaign import edits, screen
from sandbox.activecampaign.world import World
from sandbox.crm import NoSuchRecordError
from sandbox.pages.activecampaign_buttons import buttons_of
from sandbox.pages.screens import Body, Card, Found, Hand, Input, Line, Module, Typed, Wanted
from sandbox.store import Row

OWN = {
    "email": ("E-mail", "email"),
    "firstName": ("First name", "text"),
    "lastName": ("Last name", "text"),
    "phone": ("Phone", "tel"),
}
ACCOUNT = "orgname"
VALUE = "field:"
KINDS = {"date": "date", "textarea": "textarea", "dropdown": "select", "radio": "select"}
STATUSES = {"0": "unconfirmed", "1": "subscribed", "2": "unsubscribed", "3": "bounced"}
COLUMNS = ("Name", "E-mail", "Phone", "Account", "Changed")


class ActiveCampaignScreens:
    title = "Practice ActiveCampaign"
    hands: Sequence[Hand] = ()
    names: Mapping[str, str] = MappingProxyType({})

    def __init__(self, world: World) -> None:
        self._world = world

    def modules(self) -> Sequence[Module]:
        return [Module(name=edits.MODULE, label="Contacts", columns=COLUMNS)]

    def find(self, module: str, wanted: Wanted) -> Found:
        words = wanted.words.casefold()
        rows = [row for row in reversed(self._world.by_id) if words in self._text(row)]
        page = islice(rows, wanted.start, wanted.start + wanted.size)
        return Found(lines=[self._line(row) for row in page], total=len(rows))

    def card(self, module: str, id_: str) -> Card:
        row = self._world.contacts.get(id_)
        if row is None:
            raise NoSuchRecordError(f"There is no contact {id_}.")
        held = screen.shown(self._world, row)
        return Card(
            title=_name(row) or row["email"],
            facts=self._facts(row, held),
            inputs=self._inputs(held),
            buttons=buttons_of(self._world, row, held),
        )

    def blank(self, module: str) -> Sequence[Input]:
        return self._inputs({"fields": {}})

    def values(self, module: str, id_: str | None, typed: Typed) -> Body:
        before = screen.shown(self._world, self._world.contacts.rows[id_]) if id_ else {"fields": {}}
        inputs = {each.name: each.value for each in self._inputs(before)}
        moved = {name: typed[name] for name in inputs if typed.get(name, inputs[name]) != inputs[name]}
        own = {name: value for name, value in moved.items() if not name.startswith(VALUE)}
        fields = {name.removeprefix(VALUE): value for name, value in moved.items() if name.startswith(VALUE)}
        return {**own, "fields": fields} if fields else own

    def _inputs(self, held: Row) -> list[Input]:
        own = [
            Input(name=name, label=label, kind=kind, value=held.get(name, ""), is_required=name == "email")
            for name, (label, kind) in OWN.items()
        ]
        account = Input(name=ACCOUNT, label="Account", value=held.get(ACCOUNT, ""))
        return [*own, account, *(self._value_input(row, held["fields"]) for row in self._world.fields)]

    def _value_input(self, row: Row, values: dict[str, str]) -> Input:
        options = [str(option["value"]) for option in row.get("options", ())]
        kind = KINDS.get(row["type"], "text")
        return Input(
            name=f"{VALUE}{row['perstag']}",
            label=row["title"],
            kind=kind if kind != "select" or options else "text",
            value=values.get(row["perstag"]) or "",
            choices=(("", "–"), *((option, option) for option in options)),
            is_minor=True,
        )

    def _facts(self, row: Row, held: Row) -> list[tuple[str, str]]:
        lists = (f"{name}: {STATUSES.get(status, status)}" for name, status in held["lists"].items())
        titles = {each["perstag"]: each["title"] for each in self._world.fields}
        return [
            ("Id", row["id"]),
            *((label, str(held.get(name, ""))) for name, (label, _) in OWN.items()),
            ("Account", held.get(ACCOUNT, "")),
            *((titles[tag], value) for tag, value in held["fields"].items() if value),
            ("Lists", "\n".join(lists)),
            ("Tags", "\n".join(held["tags"])),
            ("Created", _moment(row["cdate"])),
            ("Changed", _moment(row["udate"])),
        ]

    def _line(self, row: Row) -> Line:
        cells = (_name(row), row["email"], row["phone"], self._account(row), _moment(row["udate"]))
        return Line(id=row["id"], cells=cells)

    def _text(self, row: Row) -> str:
        return f"{row['firstName']} {row['lastName']} {row['email']} {row['phone']} {self._account(row)}".casefold()

    def _account(self, row: Row) -> str:
        account = self._world.accounts.get(row["account"])
        return str(account["name"]) if account else ""


def _name(row: Row) -> str:
    return f"{row['firstName']} {row['lastName']}".strip()


def _moment(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M UTC")
