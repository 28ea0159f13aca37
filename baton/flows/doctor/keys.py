"""The two keys in Zoho: the ActiveCampaign id, by which a create is never done twice, and the e-mail address."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from baton.domain.contract import Contract, FieldSchema, Schema
from baton.domain.records import Module
from baton.flows.doctor.findings import CONTRACT, Finding

_LONGEST_ID = 20


def check_keys(contract: Contract, schemas: Mapping[Module, Schema]) -> Iterator[Finding]:
    emails = contract.email_places
    for module in contract.zoho_modules:
        if module in schemas:
            found = _id(module, contract.activecampaign_id, schemas[module].get(contract.activecampaign_id))
            yield replace(found, where=(CONTRACT, "people", "activecampaign_id"))
            for found in _email(module, schemas[module].get(emails.get(module, ""))):
                yield replace(found, where=(CONTRACT, "fields"))


def _id(module: Module, name: str, field: FieldSchema | None) -> Finding:
    check = f"Zoho: {name} of {module.name} is a unique key"
    make = f"In Setup › Modules and Fields › {module.name}"
    if field is None:
        advice = f'{make} make a single-line field {name.replace("_", " ")} and tick "Do not allow duplicate values".'
        return Finding(check, False, "there is no such field", advice)
    if not field.is_writable:
        return Finding(check, False, "it may not be written", f"{make} let the user's profile edit it.")
    if field.length is not None and field.length < _LONGEST_ID and field.type == "text":
        return Finding(check, False, f"it holds {field.length} characters", f"{make} make it {_LONGEST_ID} long.")
    if not field.is_unique:
        advice = (
            f'{make} tick "Do not allow duplicate values" for it: without it a repeated create makes a second record.'
        )
        return Finding(check, False, "it may hold one value twice", advice)
    return Finding(check, True, "it is there and unique")


def _email(module: Module, field: FieldSchema | None) -> Iterator[Finding]:
    if field is None:
        return
    check = f"Zoho: {field.name} of {module.name} is unique"
    if field.is_unique:
        yield Finding(check, True, "Zoho itself refuses a second record with an address; it is then linked")
        return
    advice = (
        "That is Zoho's usual setting and works: Baton looks before it creates. Two records that people make with one "
        "address are left for review, and never guessed between."
    )
    yield Finding(check, None, "people may make two records with one address", advice)
