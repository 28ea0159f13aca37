"""A file of faults and switches, and how it says where it is wrong."""

import pytest

from sandbox.faults import Faults
from sandbox.faults.file import BadFaultsFileError, read_faults


@pytest.fixture
def write(tmp_path):
    def written(text):
        path = tmp_path / "trouble.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return written


def test_a_file_orders_faults_and_sets_switches(write):
    path = write(
        "faults:\n"
        "  - {kind: timeout_after_effect, route: 'PUT /crm/v8/Leads*', nth: 3}\n"
        "  - kind: status\n"
        "    share: 0.25\n"
        "switches:\n"
        "  search_lag_seconds: 120\n"
    )

    trouble = read_faults(path)

    assert [order["kind"] for order in trouble.orders] == ["timeout_after_effect", "status"]
    assert trouble.switches == {"search_lag_seconds": 120}
    assert [fault.share for fault in Faults().order_all(trouble.orders)] == [None, 0.25]


def test_a_plain_list_is_a_list_of_faults(write):
    assert [order["kind"] for order in read_faults(write("- kind: reset\n- kind: slow\n")).orders] == ["reset", "slow"]


def test_an_empty_file_orders_nothing(write):
    trouble = read_faults(write("# nothing yet\n"))

    assert (list(trouble.orders), dict(trouble.switches)) == ([], {})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("faults:\n  - kind: reset\n  - kind: status\n    nht: 3\n", "4: nht: no fault has 'nht'"),
        ("faults:\n  - kind: gremlin\n", "2: kind: there is no fault 'gremlin'"),
        ("faults:\n  - kind: status\n    times: often\n", "3: times: times is a whole number"),
        ("faults:\n  - route: GET /\n", "2: kind: there is no fault None"),
        ("faults:\n  - reset\n", "2: a fault begins with `kind:`"),
        ("faults: reset\n", "1: faults: a list is wanted here"),
        ("switches:\n  limits: on\nfautls: []\n", "3: fautls: there are only faults and switches"),
        ("- kind: [\n", "2: "),
        ("- kind: reset\n  kind: slow\n", "2: "),
        ("reset\n", "1: a list of faults is wanted"),
    ],
)
def test_a_slip_is_named_by_file_line_and_key(write, text, said):
    path = write(text)

    with pytest.raises(BadFaultsFileError) as refused:
        read_faults(path)

    assert str(refused.value).startswith(f"{path}:{said}")
    assert "\n" not in str(refused.value)


def test_a_file_that_is_not_there_is_said_plainly(tmp_path):
    with pytest.raises(BadFaultsFileError, match="cannot be read: No such file"):
        read_faults(tmp_path / "nowhere.yaml")
