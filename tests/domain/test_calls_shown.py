"""Of a batch one person's part is shown, and masked nothing by which a person would be known."""

from datetime import UTC, datetime

import pytest

from baton.domain.calls import CallStory, Exchange, Outcome, Paper, ToldCall
from baton.domain.masking import masked, masked_calls, masked_story
from baton.domain.papers import INSEPARABLE, LEFT_OUT, part_of
from baton.domain.records import Crm
from baton.domain.story import Happening, Story, ToldRecord

NOW = datetime(2026, 3, 4, tzinfo=UTC)
BATCH = Exchange(
    "/Leads?ids=1,2",
    Paper({"trigger": []}, ({"Email": "ada@example.com"}, {"Email": "bob@example.com"})),
    Paper(None, ({"code": "SUCCESS"}, {"code": "DUPLICATE_DATA"})),
)


def test_a_batch_is_cut_down_to_the_asked_positions():
    part = part_of(BATCH, [1], 2)

    assert part.request == Paper({"trigger": []}, ({"Email": "bob@example.com"},))
    assert part.answer == Paper(None, ({"code": "DUPLICATE_DATA"},))
    assert part.address == "/Leads"


def test_a_call_about_one_record_is_shown_whole():
    assert part_of(BATCH, [0], 1) == BATCH


def test_a_record_that_was_too_large_is_said_to_be():
    large = Exchange("/Leads", Paper(None, (None, {"id": "2"})), None)

    assert part_of(large, [0], 2).request.items == (LEFT_OUT,)


def test_a_refusal_of_the_whole_batch_concerns_everybody():
    refused = Exchange("/Leads", BATCH.request, Paper({"code": "LIMIT_EXCEEDED"}))

    assert part_of(refused, [0], 2).answer == Paper({"code": "LIMIT_EXCEEDED"})


@pytest.mark.parametrize("answer", [Paper("<html>bob@example.com"), Paper(None, ({"Email": "bob@example.com"},))])
def test_an_answer_that_cannot_be_taken_apart_is_not_shown(answer):
    assert part_of(Exchange("/Leads", BATCH.request, answer), [0], 2).answer == Paper(INSEPARABLE)


def test_a_query_for_several_records_is_not_shown():
    query = Exchange("/coql", Paper({"select_query": "… in ('ada@example.com', 'bob@example.com')"}), None)

    assert part_of(query, [0], 2).request == Paper(INSEPARABLE)


def test_masking_keeps_the_shape_and_hides_the_values():
    assert masked({"Email": "ada@example.com", "tags": ["a", ""], "is_hot": True, "score": 42, "none": None}) == {
        "Email": "•••(15)",
        "tags": ["•••(1)", ""],
        "is_hot": True,
        "score": "•••(2)",
        "none": None,
    }


def test_a_masked_call_still_tells_ids_and_codes():
    part = Paper({"trigger": []}, ({"id": "7", "code": "DUPLICATE_DATA", "message": "ada@example.com exists"},))
    call = ToldCall(
        at=NOW,
        crm=Crm.ZOHO,
        endpoint="PUT /{module}",
        status=200,
        outcome=Outcome.OK,
        code=None,
        took=NOW - NOW,
        request_id="r-1",
        run=None,
        writes=(1,),
        among=1,
        exchange=Exchange("/contacts?email=ada", part, Paper(INSEPARABLE)),
        withheld=None,
    )

    shown = masked_calls(CallStory((call,), ())).calls[0].exchange

    assert shown.request.items == ({"id": "7", "code": "DUPLICATE_DATA", "message": "•••(22)"},)
    assert (shown.address, shown.answer.rest) == ("/contacts", INSEPARABLE)


def test_a_masked_story_names_nobody():
    record = ToldRecord("zoho:Leads:1", "primary", "in step", "", NOW, {"Email": "ada@example.com"}, {"name": "Ada"})
    happening = Happening(NOW, "decided", None, 1, {}, {"name": {"before": None, "after": "Ada"}})
    story = Story(1, "ada@example.com", 2, (record,), (happening,), ())

    shown = masked_story(story)

    assert "ada" not in repr(shown).lower()
    assert shown.happenings[0].values == {"name": {"before": None, "after": "•••(3)"}}
