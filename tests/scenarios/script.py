"""What people do on both sides, by the dice of a seed, and what was said about each field when.

Within a wave a field of a pair has one role: one side alone edits it, or both do. So what must come of it can be told
without knowing when Baton looked.
"""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from baton.domain.values.names import name
from tests.scenarios import words
from tests.scenarios.deeds import CONTEST, Newcomer, Record, Said, Saying
from tests.scenarios.sides import FIELDS, MARKETING, SALES, Field, Pair, Sides
from tests.scenarios.stage import Scene

SELLERS = ("bruno.becker@sales.example", "carla.costa@sales.example", "dmitri.dahl@sales.example")
SELLER_IDS = ("487600000000022001", "487600000000022002", "487600000000022003", "487600000000022004")
OUT_OF_THE_GAME = ("Junk Lead", "Lost Lead")
HOT = 60
UNCONTESTED = {
    "edit": 40,
    "clear": 8,
    "tag": 4,
    "create_contact": 4,
    "create_lead": 4,
    "hand_to_a_colleague": 5,
    "request_as_known": 6,
    "request_as_new": 5,
    "request_again": 4,
    "complete_a_task": 4,
    "unsubscribe": 2,
}
"""How often each is done, as shares; what both sides do at once comes on top."""
ALL = {**UNCONTESTED, "contest": 12, "create_twins": 2}


class Script:
    def __init__(self, scene: Scene, seed: int, deeds: Mapping[str, int]) -> None:
        self.done = Record()
        self._deeds = deeds
        self._scene = scene
        self._dice = Random(f"people {seed}")  # noqa: S311 - repeatable by seed, and no secret
        self._seed = seed
        self._wave = 0
        self._made = 0
        self._hot: Sequence[Pair] = ()
        self._asked_now: set[str] = set()
        self._shared_now: set[Pair] = set()

    def next_wave(self, sides: Sides) -> None:
        """Other people come into sight, and roles are shared out anew; only at rest."""
        pairs = sides.pairs()
        self._wave += 1
        self._hot = self._dice.sample(pairs, min(HOT, len(pairs)))
        self._asked_now, self._shared_now = set(), set()

    def act(self) -> None:
        """One deed; what the dice name is not always there to be done."""
        for deed in self._dice.choices(list(self._deeds), weights=list(self._deeds.values()), k=5):
            if getattr(self, deed)():
                self.done.deeds[deed] += 1
                return

    def gap(self, per_second: float) -> float:
        return self._dice.expovariate(per_second)

    def edit(self) -> bool:
        pair, field_, role = self._somewhere(self._dice.choice((MARKETING, SALES)))
        value = self._new_value(pair, field_)
        if role == CONTEST or value is None:
            return False
        self._say(pair, field_, role, value, self._saying(pair, field_, role))
        return True

    def clear(self) -> bool:
        pair, field_, role = self._somewhere(self._dice.choice((MARKETING, SALES)))
        if role == CONTEST or not field_.is_clearable or not self._shown(pair, field_)[role]:
            return False
        self._say(pair, field_, role, "", self._saying(pair, field_, role))
        return True

    def contest(self) -> bool:
        """Both sides, one straight after the other: before anybody could tell either of the other's edit."""
        pair, field_, role = self._somewhere(CONTEST)
        if role != CONTEST:
            return False
        first, second = self._new_value(pair, field_), self._new_value(pair, field_)
        order = [MARKETING, SALES]
        if field_.name == "lifecycle_stage":
            ahead = self._stages_ahead(pair, field_)
            if len(ahead) < 2:
                return False
            # A stage does not go back, so sales, who own it, say the later one and say it last.
            first, second = sorted(self._dice.sample(ahead, 2), key=words.STAGES.index)
        elif self._dice.random() < 0.5:
            order.reverse()
        saying = self._saying(pair, field_, CONTEST)
        for side, value in zip(order, (first, second), strict=True):
            self._say(pair, field_, side, str(value), saying)
        return True

    def _somewhere(self, role: str) -> tuple[Pair, Field, str]:
        """A field of somebody, and the role it has in this wave: what was asked for unless it has one already."""
        pair, field_ = self._dice.choice(self._hot), self._dice.choice(FIELDS)
        while not self._is_plain(pair, field_):
            field_ = self._dice.choice(FIELDS)
        known = self.done.sayings.get((pair, field_.name))
        # A conflict that waits for a person outlives its wave.
        is_lasting = known is not None and known.role == CONTEST and field_.owner is None
        if known is not None and (known.wave == self._wave or is_lasting):
            return pair, field_, known.role
        return pair, field_, role

    def _is_plain(self, pair: Pair, field_: Field) -> bool:
        """Whether an edit speaks of this field alone, and nobody has to settle first what both sides say of it."""
        if field_.name in ("first_name", "last_name"):
            # Where marketing keeps a whole name in one field, an edit of it speaks of both.
            contact = self._scene.practices()[MARKETING].get(f"records/contact/{pair.contact}")
            return name(contact["lastName"]) is not None
        is_open = field_.owner is None and len(set(self._shown(pair, field_).values())) > 1
        return not is_open or (pair, field_.name) in self.done.sayings

    def _saying(self, pair: Pair, field_: Field, role: str) -> Saying:
        key = (pair, field_.name)
        known = self.done.sayings.get(key)
        is_lasting = known is not None and known.role == CONTEST and field_.owner is None
        if known is None or (known.wave != self._wave and not is_lasting):
            known = self.done.sayings[key] = Saying(role, self._wave)
        return known

    def _new_value(self, pair: Pair, field_: Field) -> str | None:
        if field_.name != "lifecycle_stage":
            return words.value_for(field_, self._dice)
        ahead = self._stages_ahead(pair, field_)
        return self._dice.choice(ahead) if ahead else None

    def _stages_ahead(self, pair: Pair, field_: Field) -> Sequence[str]:
        return words.later_stages(*self._shown(pair, field_).values())

    def _shown(self, pair: Pair, field_: Field) -> dict[str, str]:
        practices = self._scene.practices()
        contact = practices[MARKETING].get(f"records/contact/{pair.contact}")
        record = practices[SALES].get(f"records/{pair.module}/{pair.record}")
        return {MARKETING: field_.of_contact(contact), SALES: field_.of_zoho(pair.module, record)}

    def _say(self, pair: Pair, field_: Field, side: str, value: str, saying: Saying) -> None:
        before = self._scene.marks()
        if side == MARKETING:
            within, _, place = field_.contact.rpartition(".")
            values: dict[str, Any] = {within: {place: value}} if within else {place: value}
            self._person(MARKETING, "edit", module="contact", id=pair.contact, values=values)
        else:
            hand = {"as": self._dice.choice(SELLERS)}
            place = field_.place(pair.module)
            self._person(SALES, "edit", module=pair.module, id=pair.record, values={place: value or None}, **hand)
        saying.said.append(Said(side, field_.plain(value), before))

    def _person(self, side: str, deed: str, **body: Any) -> Mapping[str, Any]:
        done: Mapping[str, Any] = self._scene.practices()[side].post(f"people/{deed}", **body)
        return done

    def _newcomer(self, *sides: str) -> Newcomer:
        self._made += 1
        first, last = words.name(self._dice), words.name(self._dice)
        values = {"first_name": first, "last_name": last}
        newcomer = Newcomer(f"{first}.{last}.{self._seed}.{self._made}@new.example".lower(), values, sides)
        self.done.newcomers.append(newcomer)
        return newcomer

    def create_contact(self) -> bool:
        self._as_contact(self._newcomer(MARKETING))
        return True

    def create_lead(self) -> bool:
        self._as_lead(self._newcomer(SALES))
        return True

    def create_twins(self) -> bool:
        newcomer = self._newcomer(MARKETING, SALES)
        steps = [self._as_contact, self._as_lead]
        self._dice.shuffle(steps)
        for step in steps:
            step(newcomer)
        return True

    def _as_contact(self, newcomer: Newcomer) -> None:
        newcomer.values["job_title"] = words.value_for(FIELDS[-1], self._dice)
        said = newcomer.values
        values = {"email": newcomer.address, "firstName": said["first_name"], "lastName": said["last_name"]}
        fields = {"JOB_TITLE": said["job_title"], "COUNTRY": "Germany"}
        self._person(MARKETING, "create", module="contact", values={**values, "fields": fields})

    def _as_lead(self, newcomer: Newcomer) -> None:
        newcomer.values["phone"] = words.value_for(FIELDS[2], self._dice)
        said = newcomer.values
        names = {"First_Name": said["first_name"], "Last_Name": said["last_name"], "Company": "New Ltd"}
        values = {**names, "Email": newcomer.address, "Phone": said["phone"]}
        self._person(SALES, "create", module="Leads", values=values, **{"as": self._dice.choice(SELLERS)})

    def tag(self) -> bool:
        pair = self._dice.choice(self._hot)
        self._person(MARKETING, "edit", module="contact", id=pair.contact, values={"tags": ["VIP"]})
        return True

    def hand_to_a_colleague(self) -> bool:
        pair = self._dice.choice(self._hot)
        if pair.contact in self._asked_now:
            return False
        self._shared_now.add(pair)
        values = {"Owner": {"id": self._dice.choice(SELLER_IDS)}}
        self._person(SALES, "edit", module=pair.module, id=pair.record, values=values, **{"as": SELLERS[0]})
        return True

    def request_as_known(self) -> bool:
        pair = self._dice.choice(self._hot)
        if pair in self._shared_now:
            return False
        record = self._scene.practices()[SALES].get(f"records/{pair.module}/{pair.record}")
        if record.get("Lead_Status") in OUT_OF_THE_GAME:
            self.done.junk.add(pair.contact)
        contact = self._scene.practices()[MARKETING].get(f"records/contact/{pair.contact}")
        self._request(contact["email"])
        return True

    def request_as_new(self) -> bool:
        newcomer = self._newcomer(MARKETING)
        typed = {"first_name": newcomer.values["first_name"], "last_name": newcomer.values["last_name"]}
        country = self._dice.choice(("Germany", "Spain", "Sweden"))
        self._request(newcomer.address, **typed, fields={"COUNTRY": country})
        return True

    def request_again(self) -> bool:
        """Inside the cooldown, for that is a week."""
        if not self.done.requests:
            return False
        self._request(self.done.requests[self._dice.choice(sorted(self.done.requests))][0])
        return True

    def _request(self, address: str, **typed: Any) -> None:
        contact = self._person(MARKETING, "submit_form", form="Demo request", email=address, **typed)["id"]
        self._asked_now.add(contact)
        self.done.requests.setdefault(contact, []).append(address)

    def complete_a_task(self) -> bool:
        tasks = self._scene.practices()[SALES].records("Tasks")
        open_ = [task["id"] for task in tasks if task.get("Status") != "Completed"]
        if not open_:
            return False
        self._person(SALES, "complete_task", id=self._dice.choice(open_), **{"as": SELLERS[1]})
        return True

    def unsubscribe(self) -> bool:
        pair = self._dice.choice(self._hot)
        self._person(MARKETING, "unsubscribe", id=pair.contact)
        return True
