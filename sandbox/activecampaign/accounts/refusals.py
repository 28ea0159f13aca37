"""How the vendor refuses accounts and memberships, in sentences of their own."""

from sandbox.activecampaign.answers import say
from sandbox.activecampaign.refusals import RefusalError


def refused(title: str, code: str, attribute: str) -> RefusalError:
    """The sales side's 422: a sentence, a code, and where in the body the trouble is."""
    error = {"title": title, "detail": "", "code": code, "source": {"pointer": f"/data/attributes/{attribute}"}}
    return RefusalError(say({"errors": [error]}, 422))


def name_missing() -> RefusalError:
    return refused("The account name was not provided.", "field_missing", "name")


def name_taken(name: str) -> RefusalError:
    sentence = f'An account named "{name}" already exists. Please choose a new name.'
    return refused(sentence, "duplicate", "name")


def attribute_missing(attribute: str) -> RefusalError:
    return refused(f"The {attribute} attribute was not provided", "field_missing", attribute)


def related_missing(attribute: str) -> RefusalError:
    return refused(f"The related {attribute} does not exist.", "related_missing", attribute)


def already_a_member() -> RefusalError:
    sentence = (
        "This contact is already associated with an account. We currently do not support contacts on multiple accounts."
    )
    return refused(sentence, "field_invalid", "account,contact")
