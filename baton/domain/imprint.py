"""What is kept of a row beside the row: the forms it shows, their fingerprint, and the keys it can be matched by."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from baton.domain.conditions import words
from baton.domain.contract import Contract
from baton.domain.identity import normalised
from baton.domain.opting import word_of
from baton.domain.records import Crm, Row, Seen, Value
from baton.domain.values.cleaning import cleaned
from baton.domain.values.places import held, with_values
from baton.domain.values.shown import shown
from baton.domain.values.spelling import Spelling


@dataclass(frozen=True, slots=True)
class Imprint:
    """
    fingerprint  equal for two rows that say the same in all mapped fields; that is how echoes and irrelevant edits end.
    email        the normalised address, None for none.
    counterpart  the id of the other side that the record carries.
    """

    fingerprint: str
    email: str | None
    counterpart: str | None


def forms(seen: Seen, contract: Contract, spelling: Spelling) -> dict[str, Value]:
    """Every mapped field of this record, in the form its side shows."""
    module = seen.ref.module
    return {
        rule.name: shown(rule, module, seen.row, contract, spelling) for rule in contract.rules if module in rule.places
    }


def imprint(seen: Seen, contract: Contract, spelling: Spelling, watched: Sequence[str] = ()) -> Imprint:
    """`watched` are the places of this module that plays and clocks look at: they say something too."""
    counterpart = counterpart_of(seen, contract)
    said: list[object] = [sorted(forms(seen, contract, spelling).items()), counterpart, is_converted(seen.row)]
    if contract.consent.opt_out or contract.consent.left_by:
        said.append(word_of(seen, contract).value)
    asked = contract.watched(seen.ref.module)
    if asked:
        said.append([sorted(words(seen.row, place)) for place in asked])
    if watched:
        said.append([cleaned(held(seen.row, place)) for place in watched])
    # 128 bits of BLAKE2 over the contract's own field names: a changed contract changes the print, and so is seen.
    digest = hashlib.blake2b(json.dumps(said, ensure_ascii=False).encode(), digest_size=16).hexdigest()
    address = seen.row.get("email" if seen.ref.crm is Crm.ACTIVECAMPAIGN else "Email")
    return Imprint(digest, normalised(address, spelling), counterpart)


def counterpart_of(seen: Seen, contract: Contract) -> str | None:
    """The ActiveCampaign id that a Zoho record carries. (The other way is for a later contract.)"""
    if seen.ref.crm is Crm.ACTIVECAMPAIGN:
        return None
    return cleaned(seen.row.get(contract.activecampaign_id))


def is_converted(row: Row) -> bool:
    """A converted lead lives on in Zoho but can no longer be written."""
    return row.get("Converted__s") is True


def written_over(row: Row, values: Mapping[str, Value]) -> dict[str, object]:
    """The row as it is after a confirmed write."""
    return with_values(row, values)
