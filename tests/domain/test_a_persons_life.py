"""One person for years: people edit on both sides, now and then it is synchronised, and a naive model says what stands.

The model knows nothing of bases: it only remembers what the contact showed at the last cycle.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

INDUSTRIES = ("Farming", "Trade", "Other")
NO_COMPANY = "[not provided]"
PLACES = {"company": "Company", "title": "Designation", "industry": "Industry"}


@dataclass
class Model:
    """What Zoho should show, said as plainly as possible."""

    respells: Callable[[str], str]
    contact: dict = field(default_factory=lambda: {"company": None, "title": None, "industry": None, "lists": {}})
    at_last_cycle: dict | None = None
    zoho: dict = field(default_factory=dict)

    def cycle(self, meanwhile):
        said = self.contact
        changed = [name for name in said if self.at_last_cycle is None or said[name] != self.at_last_cycle[name]]
        # What Zoho shows already is not written, so what sales does meanwhile stands.
        news = {PLACES[name]: self._told(name) for name in changed if name in PLACES}
        news = {place: word for place, word in news.items() if self.zoho.get(place) != word}
        self.zoho |= meanwhile if self.at_last_cycle else {}
        self.zoho |= {
            place: self.respells(word) if place == "Designation" and word else word for place, word in news.items()
        }
        self.at_last_cycle = dict(said)

    def _told(self, name):
        word = self.contact[name]
        match name:
            case "company":
                return word or NO_COMPANY
            case "industry":
                return word if word in (None, *INDUSTRIES) else "Other"
        return word

    @property
    def consent(self):
        return {"1": "Subscribed", "2": "Unsubscribed"}.get(self.contact["lists"].get("5"), "Unknown")


words = st.sampled_from((None, "one", "two", "three"))
contact_edits = st.one_of(
    st.tuples(st.sampled_from(("company", "title")), words),
    st.tuples(st.just("industry"), st.sampled_from((None, "Farming", "Trade", "Alchemy", "Astronomy"))),
    st.tuples(st.just("lists"), st.sampled_from(({}, {"5": "1"}, {"5": "2"}))),
)
zoho_edits = st.one_of(
    st.tuples(st.just("Designation"), st.sampled_from((None, "Chief", "ONE"))),
    st.tuples(st.just("Industry"), st.sampled_from((None, *INDUSTRIES))),
    st.tuples(st.just("Consent"), st.sampled_from((None, "Subscribed", "Unsubscribed"))),
)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("contact"), contact_edits),
        st.tuples(st.just("sales"), zoho_edits),
        st.tuples(st.just("cycle"), st.none() | zoho_edits),
    ),
    max_size=14,
)
OWN_KEYS = {"company": "orgname", "lists": "lists"}


def live(life, model, kind, edit):
    name, value = edit or (None, None)
    match kind:
        case "contact":
            model.contact[name] = value
            at = {OWN_KEYS[name]: value} if name in OWN_KEYS else {"fields": {name.upper(): value}}
            life.contact_says(**at)
        case "sales":
            model.zoho |= {name: value} if model.at_last_cycle else {}
            life.sales_says(**{name: value})
        case "cycle":
            meanwhile = {name: value} if name else {}
            life.cycle(meanwhile)
            late = {key: model.zoho.get(key) for key in meanwhile}
            model.cycle(meanwhile)
            del late


@given(steps, st.sampled_from((str, str.upper)))
def test_whatever_people_do_zoho_shows_what_the_naive_model_says(new_life, history, respells):
    life, model = new_life(respells), Model(respells)
    for kind, edit in history:
        live(life, model, kind, edit)

    for _ in range(2):
        live(life, model, "cycle", None)

    shown = {place: life.lead.get(place) for place in ("Company", "Designation", "Industry", "Consent")}
    model.zoho["Consent"] = model.consent
    assert shown == {place: model.zoho.get(place) for place in shown}


@given(steps, st.sampled_from((str, str.upper)))
def test_quiet_means_quiet_and_nobody_is_made_twice(new_life, history, respells):
    life, model = new_life(respells), Model(respells)
    for kind, edit in history:
        live(life, model, kind, edit)
    life.cycle()
    life.cycle()

    written = life.cycle()

    assert written == []
    assert len(life.leads) == 1


@given(steps)
def test_an_edit_of_the_contact_is_one_write_of_that_field_alone(new_life, history):
    life, model = new_life(), Model(str)
    for kind, edit in history:
        live(life, model, kind, edit)
    life.cycle()
    life.cycle()

    life.contact_says(fields={"TITLE": "Somebody New"})

    assert life.cycle() == [{"Designation": "Somebody New"}]
