"""Judges what became of it all, by what both practice CRMs hold and by their journals of what they were told."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from baton.domain.consent import status_of
from tests.scenarios.deeds import CONTEST, Record, Said, Saying
from tests.scenarios.sides import FIELDS, MARKETING, SALES, Field, Pair, Sides, owner_shown
from tests.scenarios.stage import Scene

MARKER = re.compile(r"baton:handoff:(\d+)")
OTHER = {MARKETING: SALES, SALES: MARKETING}


@dataclass(frozen=True, slots=True)
class Offence:
    """`who` is a ref or an address that `baton explain` knows."""

    who: str
    what: str


def judge(scene: Scene, done: Record, calm: Sides, now: Sides) -> list[Offence]:
    """`calm` is how both sides looked before the storm."""
    case = Case(scene, done, calm, now)
    return list(
        chain(
            case.fields(),
            case.bystanders(),
            case.owners_and_consent(),
            case.newcomers(),
            case.doubles(),
            case.handoffs(),
            case.loose_ends(),
        )
    )


@dataclass(frozen=True, slots=True)
class Case:
    scene: Scene
    done: Record
    calm: Sides
    now: Sides

    def fields(self) -> Iterator[Offence]:
        """What was said last is on both sides, or what both said was decided as the contract has it."""
        conflicts = self._open_conflicts()
        for (pair, name), saying in self.done.sayings.items():
            field = next(each for each in FIELDS if each.name == name)
            shown = self.now.shown(pair, field)
            wanted = self._wanted(pair, field, saying)
            if set(shown.values()) <= wanted and len(set(shown.values())) == 1:
                continue
            if saying.role == CONTEST and field.owner is None and self._is_in_conflict(pair, field, saying, conflicts):
                continue
            said = ", ".join(f"{each.side} said {each.value!r}" for each in saying.said)
            yield Offence(
                f"activecampaign:contact:{pair.contact}",
                f"{name} of {pair} ({saying.role}, wave {saying.wave}): {said}; shown {shown}, wanted one of {wanted}",
            )

    def _wanted(self, pair: Pair, field: Field, saying: Saying) -> set[str]:
        last = saying.said[-1]
        if saying.role != CONTEST:
            return {last.value}
        wanted = set()
        if field.owner is not None and (owners := saying.last(field.owner)) is not None:
            wanted.add(owners.value)
        # Who edits what came over from the other side a moment ago contests nothing.
        earlier = saying.last(OTHER[last.side])
        if earlier is not None and self._had_come_over(pair, field, earlier, last):
            wanted = {last.value}
        return wanted

    def _had_come_over(self, pair: Pair, field: Field, earlier: Said, later: Said) -> bool:
        """Whether Baton had written the earlier value to the later one's side before that was said."""
        id_, place = (
            (pair.contact, field.contact) if later.side == MARKETING else (pair.record, field.place(pair.module))
        )
        effects = self.scene.practices()[later.side].effects(after=earlier.before[later.side])
        return any(
            effect["actor"] == "api" and effect["id"] == id_ and place.rpartition(".")[2] in effect["changed"]
            for effect in effects
            if effect["n"] <= later.before[later.side]
        )

    def _open_conflicts(self) -> set[tuple[str, str]]:
        listed = self.scene.engine.conflicts.listed(state="open", limit=10_000)
        return {(str(conflict.email).lower(), conflict.field) for conflict in listed}

    def _is_in_conflict(self, pair: Pair, field: Field, saying: Saying, conflicts: set[tuple[str, str]]) -> bool:
        """Both sides still hold what they said, and a person is asked."""
        shown = self.now.shown(pair, field)
        is_untouched = all(shown[side] == said.value for side in OTHER if (said := saying.last(side)))
        return is_untouched and (pair.address, field.name) in conflicts

    def bystanders(self) -> Iterator[Offence]:
        """A field that nobody touched is as it was, on both sides."""
        for pair in self.calm.pairs():
            if pair.contact not in self.now.contacts or (pair.module, pair.record) not in self.now.zoho:
                yield Offence(f"activecampaign:contact:{pair.contact}", f"{pair} is gone")
                continue
            for field in FIELDS:
                was, is_ = self.calm.shown(pair, field), self.now.shown(pair, field)
                if (pair, field.name) not in self.done.sayings and was != is_:
                    yield Offence(
                        f"activecampaign:contact:{pair.contact}",
                        f"{field.name} of {pair} was edited by nobody: was {was}, is {is_}",
                    )

    def owners_and_consent(self) -> Iterator[Offence]:
        for pair in self.now.pairs():
            shown, owner = owner_shown(self.now, pair)
            if shown != owner:
                yield Offence(f"activecampaign:contact:{pair.contact}", f"owner of {pair}: {owner!r}, shown {shown!r}")
            consent = status_of(self.now.contact(pair)["lists"], frozenset()).value
            held = self.now.record(pair).get("Marketing_Consent")
            if held != consent:
                yield Offence(f"zoho:{pair.module}:{pair.record}", f"consent of {pair}: {consent!r}, Zoho has {held!r}")

    def newcomers(self) -> Iterator[Offence]:
        """Each is once on both sides, linked, with what was typed."""
        by_address = {pair.address: pair for pair in self.now.pairs()}
        for newcomer in self.done.newcomers:
            pair = by_address.get(newcomer.address)
            if pair is None:
                yield Offence(newcomer.address, f"made in {' and '.join(newcomer.sides)}, and not linked on both sides")
                continue
            for field in FIELDS:
                shown, typed = self.now.shown(pair, field), field.plain(newcomer.values.get(field.name))
                if (pair, field.name) not in self.done.sayings and set(shown.values()) != {typed}:
                    yield Offence(newcomer.address, f"{field.name} of newcomer {pair}: typed {typed!r}, shown {shown}")

    def doubles(self) -> Iterator[Offence]:
        """No address twice that was not twice before, no contact named by two records."""
        for crm, was, is_ in zip((MARKETING, SALES), self.calm.addresses(), self.now.addresses(), strict=True):
            for who, times in is_.items():
                if who and times > max(1, was[who]):
                    yield Offence(who, f"{who} is {times} times in {crm}, was {was[who]} times")
        ids = Counter(str(row["ActiveCampaign_ID"]) for row in self.now.zoho.values() if row.get("ActiveCampaign_ID"))
        for id_, times in ids.items():
            if times > 1:
                yield Offence(f"activecampaign:contact:{id_}", f"ActiveCampaign_ID {id_} is in {times} records of Zoho")

    def handoffs(self) -> Iterator[Offence]:
        """Who asked has one task, however often and however it was told; nobody else has any."""
        yield from self._markers()
        by_contact = {pair.contact: pair for pair in self.now.pairs()}
        for contact, typed in self.done.requests.items():
            pair = by_contact.get(contact)
            wanted = 0 if contact in self.done.junk else 1
            tasks = self.now.tasks_of(pair) if pair else []
            if len(tasks) != wanted:
                yield Offence(
                    f"activecampaign:contact:{contact}",
                    f"{pair or typed[0]} asked {len(typed)} times and has {len(tasks)} tasks instead of {wanted}",
                )
        asked = {by_contact[contact].record for contact in self.done.requests if contact in by_contact}
        for task in self.now.tasks:
            lookup = task.get("What_Id") or task.get("Who_Id") or {}
            if lookup.get("id") not in asked:
                yield Offence(f"zoho:Tasks:{task['id']}", "a task for somebody who did not ask")
        for told in self.scene.engine.automation.handoffs.listed(limit=10_000):
            is_told = told.state == "done" or (told.state == "suppressed" and told.reason)
            if not is_told:
                yield Offence(told.contact, f"handoff {told.id} is {told.state}: {told.reason or 'without a reason'}")

    def _markers(self) -> Iterator[Offence]:
        marked = [(task, MARKER.findall(str(task.get("Description")))) for task in self.now.tasks]
        times = Counter(number for _, numbers in marked for number in numbers)
        for task, numbers in marked:
            if len(numbers) != 1 or times[numbers[0]] != 1:
                yield Offence(f"zoho:Tasks:{task['id']}", f"its markers {numbers} are not one that no other task has")

    def loose_ends(self) -> Iterator[Offence]:
        status = self.scene.made.status()
        if status.unexplained:
            yield Offence("", f"{status.unexplained} records unexplained")
        for letter in self.scene.engine.dead_letters.listed():
            yield Offence(
                letter.ref or "", f"dead letter {letter.id} in {letter.queue}: {letter.code}, {letter.reason}"
            )
