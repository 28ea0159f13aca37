"""Whatever a person does to the YAML, they are told about it in our words and never see a traceback."""

import copy
import json

from hypothesis import given, settings
from hypothesis import strategies as st

from config.policy.document import parse_document, read_document
from config.policy.reading import judge_connection, judge_contract
from config.settings import CHECKOUT

DEMO = CHECKOUT / "config" / "connections" / "demo"
CONTRACT = read_document(DEMO / "contract.yaml").values
CONNECTION = read_document(DEMO / "connection.yaml").values
CONTRACT_TEXT = (DEMO / "contract.yaml").read_text(encoding="utf-8")

scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20)
known = st.sampled_from(["email", "consent", "both", "Leads", "lifecycle", "fields.X", "Email", "picklist", "order"])
values = st.recursive(
    scalars | known,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(known | st.text(max_size=8), inner, max_size=3),
)


def paths_in(tree, path=()):
    yield path
    for key, value in tree.items() if isinstance(tree, dict) else ():
        yield from paths_in(value, (*path, key))


@st.composite
def mutated(draw, tree):
    """The tree with a few keys taken out, renamed, or given another value."""
    changed = copy.deepcopy(dict(tree))
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from([path for path in paths_in(changed) if path]))
        holder = changed
        for key in path[:-1]:
            holder = holder[key]
        kept = holder.pop(path[-1])
        draw(
            st.sampled_from(
                [
                    lambda holder=holder: None,
                    lambda holder=holder, path=path: holder.update({path[-1]: draw(values)}),
                    lambda holder=holder, kept=kept: holder.update({draw(known | st.text(max_size=8)): kept}),
                ]
            )
        )()
    return changed


@given(mutated(CONTRACT))
@settings(max_examples=150, deadline=None)
def test_any_change_to_the_contract_is_accepted_or_told(changed):
    contract, problems = judge_contract(parse_document(json.dumps(changed), "contract.yaml"))

    assert (contract is None) <= bool(problems)
    assert all(problem.line and problem.text for problem in problems)


@given(mutated(CONNECTION))
@settings(max_examples=100, deadline=None)
def test_any_change_to_the_connection_is_accepted_or_told(changed):
    connection, problems = judge_connection(parse_document(json.dumps(changed), "connection.yaml"))

    assert (connection is None) <= bool(problems)
    assert all(problem.line and problem.text for problem in problems)


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_any_slip_of_the_keyboard_is_accepted_or_told(data):
    start = data.draw(st.integers(0, len(CONTRACT_TEXT)))
    end = data.draw(st.integers(start, min(len(CONTRACT_TEXT), start + 40)))
    typed = data.draw(st.text(alphabet=st.sampled_from("\n\t {}[]:,-#&*!|>'\"%@`ab1→\x00"), max_size=6))

    contract, problems = judge_contract(
        parse_document(CONTRACT_TEXT[:start] + typed + CONTRACT_TEXT[end:], "contract.yaml")
    )

    assert (contract is None) <= bool(problems)
