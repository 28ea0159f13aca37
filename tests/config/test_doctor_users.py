"""Whose token it is: a user that people work with would hide their own edits and calls."""

import pytest

from baton.domain.records import Crm
from baton.flows.doctor.accounts import Patient, greet
from baton.ports import Account


class AccountOf:
    """A gateway that knows nothing but whose token it has."""

    def __init__(self, account: Account) -> None:
        self._account = account

    def whoami(self) -> Account:
        return self._account


def users(account: Account, integration_user: str | None = None):
    findings = greet(Patient(Crm.ZOHO, AccountOf(account), integration_user))
    return {finding.check: finding for finding in findings[2:]}


DEDICATED = "Zoho: the user is nobody's own"
CASES = {
    "named for what it is": ("Baton Integration", None, True),
    "named like a person": ("Ada Lovelace", None, None),
    "an administrator": ("Administrator", None, None),
    "the one that connection.yaml names by its id": ("Ada Lovelace", "77", True),
    "another one than connection.yaml names": ("Ada Lovelace", "78", False),
    "the one that connection.yaml names by its address": ("Ada Lovelace <ada@example.com>", "Ada@example.com", True),
    "one whose address is not told": ("Baton Integration", "baton@example.com", None),
}


@pytest.mark.parametrize(("label", "integration_user", "ok"), CASES.values(), ids=CASES)
def test_a_user_is_fine_when_nobody_works_with_it(label, integration_user, ok):
    finding = users(Account("77", label), integration_user)[DEDICATED]

    assert finding.ok is ok
    assert bool(finding.advice) is (ok is not True)


def test_a_user_that_is_switched_off_is_a_no():
    finding = users(Account("77", "Baton Integration", is_active=False))["Zoho: the user is active"]

    assert finding.ok is False
