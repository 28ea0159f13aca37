"""Whether an account answers, whether the token is good, and whose it is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from baton.domain.failures import Failure, Unauthorised
from baton.domain.records import Crm
from baton.flows.doctor.findings import NAMES, Finding, found_failing
from baton.ports import Account, Gateway

# Words by which people name a user that no person works with.
_DEDICATED = re.compile(r"\b(api|baton|bot|connector|crm sync|integrations?|machine|robot|service|sync|system)\b", re.I)
_ADMINISTRATOR = re.compile(r"\b(admin|administrator|ceo|super admin)\b", re.I)

_NAME_BY_ID = "Name the user by its id in connection.yaml: integration_user."
_WHY_DEDICATED = "What this user does counts as done by Baton, so a person's own edits and calls would not be seen."


@dataclass(frozen=True, slots=True)
class Patient:
    """One account under examination."""

    crm: Crm
    gateway: Gateway
    integration_user: str | None = None

    @property
    def name(self) -> str:
        return NAMES[self.crm]


def greet(patient: Patient) -> tuple[Finding, ...]:
    try:
        account = patient.gateway.whoami()
    except Unauthorised as refused:
        return (_answers(patient), found_failing(f"{patient.name}: the token is good", patient.crm, refused))
    except Failure as failure:
        return (found_failing(f"{patient.name}: answers", patient.crm, failure),)
    good = Finding(f"{patient.name}: the token is good", True, f"it is the token of {account.label or account.user_id}")
    return (_answers(patient), good, *_about_user(patient, account))


def _answers(patient: Patient) -> Finding:
    return Finding(f"{patient.name}: answers", True, "the address is right")


def _about_user(patient: Patient, account: Account) -> Iterator[Finding]:
    if not account.is_active:
        check = f"{patient.name}: the user is active"
        yield Finding(
            check, False, f"{account.label} is switched off", "Activate the user, or use another one's token."
        )
    if patient.crm is Crm.ZOHO:
        yield _dedicated(patient, account)


def _dedicated(patient: Patient, account: Account) -> Finding:
    check = "Zoho: the user is nobody's own"
    wanted = patient.integration_user
    if wanted is not None and "@" in wanted and "@" not in account.label:
        return Finding(check, None, f"it is {account.label}, whose e-mail address Zoho did not tell", _NAME_BY_ID)
    if wanted is not None and not _is(wanted, account):
        advice = f"Make the refresh token while signed in as that user. {_WHY_DEDICATED}"
        return Finding(check, False, f"connection.yaml names another user than {account.label}", advice)
    if _ADMINISTRATOR.search(account.label):
        advice = f"Make a user for Baton alone, with a profile that may edit Leads and Contacts. {_WHY_DEDICATED}"
        return Finding(check, None, f"{account.label} looks like an administrator", advice)
    if wanted is None and not _DEDICATED.search(account.label):
        advice = (
            f"Use a user that no person works with, and name it in connection.yaml: integration_user. {_WHY_DEDICATED}"
        )
        return Finding(check, None, f"{account.label} looks like a person", advice)
    return Finding(check, True, f"{account.label} is there for Baton")


def _is(wanted: str, account: Account) -> bool:
    return wanted == account.user_id or wanted.lower() in account.label.lower()
