"""Whatever both teams do: who speaks alone is heard, who owns a field wins, and all ends in quiet."""

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from baton.domain.records import Crm

AC, ZOHO = Crm.ACTIVECAMPAIGN, Crm.ZOHO
STAGES = ("Subscriber", "MQL", "Customer")
TO_ZOHO = {"size": {"tiny": "S", "small": "S", "large": "L"}, "stage": {"Lead": "Subscriber"}}
TO_ACTIVECAMPAIGN = {"size": {"S": "tiny", "L": "large"}, "stage": {"Subscriber": "Lead"}}
OWNERS = {"note": AC, "city": ZOHO, "industry": AC, "size": ZOHO, "stage": ZOHO}
WORDS = {
    "note": ({None, "one", "two", "three"}, {None, "one", "two", "three"}),
    "city": ({None, "Bonn", "Kiel"}, {None, "Bonn", "Kiel"}),
    "industry": ({None, "Farming", "Alchemy", "Astronomy"}, {None, "Farming", "Trade", "Other"}),
    "size": ({None, "tiny", "small", "large"}, {None, "S", "L"}),
    "stage": ({None, "Lead", "MQL", "Customer"}, {None, *STAGES}),
}


def told(name, word, to):
    """How a word is said on the other side, as plainly as possible."""
    if name == "industry" and to is ZOHO:
        return word if word in (None, "Farming", "Trade", "Other") else "Other"
    return (TO_ZOHO if to is ZOHO else TO_ACTIVECAMPAIGN).get(name, {}).get(word, word)


def step(word):
    return STAGES.index(TO_ZOHO["stage"].get(word, word))


@dataclass
class Model:
    """What both sides show, and what they showed when they last agreed."""

    shown: dict = field(default_factory=lambda: {name: {AC: None, ZOHO: None} for name in OWNERS})
    agreed: dict = field(default_factory=lambda: {name: {AC: None, ZOHO: None} for name in OWNERS})

    def cycle(self):
        for name, owner in OWNERS.items():
            spoke = [crm for crm in Crm if self.shown[name][crm] != self.agreed[name][crm]]
            for source in spoke[:1] if len(spoke) == 1 else [owner] * bool(spoke):
                self._copy(name, source, source.other)
            self.agreed[name] = dict(self.shown[name])

    def _copy(self, name, source, target):
        word, there = told(name, self.shown[name][source], target), self.shown[name][target]
        is_back = name == "stage" and there is not None and (word is None or step(word) < step(there))
        self.shown[name][target] = there if is_back else word


@st.composite
def edits(draw, crms=Crm):
    crm, name = draw(st.sampled_from(list(crms))), draw(st.sampled_from(list(OWNERS)))
    return crm, {name: draw(st.sampled_from(sorted(WORDS[name][crm is ZOHO], key=str)))}


histories = st.lists(st.one_of(edits(), edits(), st.none()), max_size=16)
"""Edits, and None for a cycle."""


def told_story(new_story, history, model=None):
    story = new_story()
    story.is_made(AC, last_name="Berg")
    story.cycle()
    for edit in history:
        if edit is None:
            story.cycle()
            (model or Model()).cycle()
        else:
            crm, values = edit
            story.says(crm, **values)
            for name, word in values.items():
                (model or Model()).shown[name][crm] = word
    return story


@given(histories)
def test_both_sides_show_what_the_naive_model_says(new_story, history):
    model = Model()
    story = told_story(new_story, history, model)

    story.cycle()
    model.cycle()

    assert {name: {crm: story.shows(crm, name) for crm in Crm} for name in OWNERS} == model.shown


@given(histories)
def test_one_cycle_is_enough_and_the_next_writes_nothing(new_story, history):
    story = told_story(new_story, history)
    story.cycle()

    assert story.cycle() == []


def written_to(crm, story, history):
    """The values that this side was told over the whole history, edits and cycles."""
    told = []
    for edit in history:
        told += story.cycle() if edit is None else []
        _ = None if edit is None else story.says(edit[0], **edit[1])
    return [values for side, values in told if side is crm]


@given(st.lists(st.one_of(edits([AC]), st.none()), max_size=16), st.sampled_from((str, str.upper)))
def test_while_sales_says_nothing_activecampaign_is_never_written(new_story, history, respells):
    story = new_story(respells)
    story.is_made(AC, last_name="Berg")

    written = written_to(AC, story, history)

    assert written == []


@given(st.lists(st.one_of(edits([ZOHO]), st.none()), max_size=16))
def test_while_marketing_says_nothing_zoho_is_written_the_id_and_the_consent_alone(new_story, history):
    story = new_story()
    story.is_made(ZOHO, last_name="Berg")

    written = written_to(ZOHO, story, history)

    assert {name for values in written for name in values} <= {"ActiveCampaign_ID", "Consent"}


@st.composite
def lone_histories(draw):
    """Each field is edited on one side only, at any moment, also between a decision and its writes."""
    speakers = {name: draw(st.sampled_from(Crm)) for name in OWNERS}

    def edit():
        name = draw(st.sampled_from(list(OWNERS)))
        return speakers[name], {name: draw(st.sampled_from(sorted(WORDS[name][speakers[name] is ZOHO], key=str)))}

    def cycle():
        before, meanwhile = ([edit() for _ in range(draw(st.integers(0, most)))] for most in (2, 1))
        return before, meanwhile, draw(st.sampled_from((None, None, *Crm)))

    return speakers, [cycle() for _ in range(draw(st.integers(0, 6)))]


@given(lone_histories())
def test_who_alone_edits_a_field_has_the_last_word_however_edits_and_writes_interleave(new_story, lone):
    speakers, history = lone
    story, said = told_story(new_story, []), dict.fromkeys(OWNERS)
    for before, meanwhile, away in history:
        for crm, values in before:
            story.says(crm, **values)
        story.cycle(meanwhile, away)
        for _, values in (*before, *meanwhile):
            said |= values

    story.settle()

    assert {name: story.shows(crm, name) for name, crm in speakers.items()} == said
    # A stage that was taken back stays where it was on the other side.
    plain = {name: crm for name, crm in speakers.items() if name != "stage"}
    assert {name: story.shows(crm.other, name) for name, crm in plain.items()} == {
        name: told(name, said[name], crm.other) for name, crm in plain.items()
    }
    assert story.cycle() == []
