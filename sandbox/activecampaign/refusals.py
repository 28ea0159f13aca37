"""The vendor's ways of saying no, of which there are many."""

from typing import Any

from starlette.responses import Response

from sandbox.activecampaign.answers import say


class RefusalError(Exception):
    """A call that ends here, with the answer the client gets."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.status_code)
        self.response = response


def no_result(model: str, id_: str, status: int = 404) -> RefusalError:
    """Some endpoints say 403 instead of 404 for an id that is not there."""
    return RefusalError(say({"message": f"No Result found for {model} with id {id_}"}, status))


def no_contact_to_delete(id_: str) -> RefusalError:
    return RefusalError(say({"message": f"No result found for contact with id {id_}"}, 404))


def duplicate_email() -> RefusalError:
    return _invalid("Email address already exists in the system", "duplicate", "email")


def missing(attribute: str) -> RefusalError:
    return _invalid(f"{attribute} was not provided.", "field_missing", attribute)


def invalid_attribute(attribute: str) -> RefusalError:
    return _invalid(f"{attribute} is not valid.", "field_invalid", attribute)


def malformed_email() -> RefusalError:
    return _invalid("Contact email address is not valid.", "email_invalid", "email")


def duplicate_title(title: str) -> RefusalError:
    error = {"title": f"A field with the title {title} already exists.", "detail": "", "code": "duplicate"}
    return RefusalError(say({"errors": [error]}, 422))


def tag_contact_missing() -> RefusalError:
    error = {"status": 404, "title": "Not Found", "detail": "Contact not found"}
    return RefusalError(say({"errors": [error]}, 404))


def tag_attribute_missing(attribute: str) -> RefusalError:
    error = {"status": 422, "title": "Missing attribute", "source": {"pointer": f"/data/attributes/{attribute}"}}
    return RefusalError(say({"errors": [error]}, 422))


def not_entered() -> RefusalError:
    return RefusalError(say({"message": "Could not create SubscriberSeries"}, 403))


def not_understood() -> RefusalError:
    return RefusalError(say({}, 400))


def ordered(detail: dict[str, Any]) -> RefusalError:
    """What a fault of kind `reject` asked for."""
    error = {
        "title": detail.get("title", "The value is not valid."),
        "detail": detail.get("message", ""),
        "code": detail.get("code", "field_invalid"),
        "source": {"pointer": f"/data/attributes/{detail.get('field', 'email')}"},
    }
    return RefusalError(say({"errors": [error]}, int(detail.get("status", 422))))


def _invalid(title: str, code: str, attribute: str) -> RefusalError:
    error = {"title": title, "detail": "", "code": code, "source": {"pointer": f"/data/attributes/{attribute}"}}
    return RefusalError(say({"errors": [error]}, 422))
