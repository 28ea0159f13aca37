"""The two kinds of records that have such fields, and everything in which the vendor's words for them differ."""

from dataclasses import dataclass

TYPES = frozenset(
    {
        "text",
        "textarea",
        "date",
        "datetime",
        "dropdown",
        "multiselect",
        "radio",
        "checkbox",
        "hidden",
        "currency",
        "number",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    owner: str
    """What the record is called in links and webhooks."""
    definitions: str
    definition: str
    values: str
    value: str
    sent_as: str
    """The record's id in what clients send, and in filters."""
    shown_as: str
    """The same in answers."""
    prefix: str
    """What personalisation tags begin with."""
    taken: frozenset[str]
    """Tags of the record's own attributes, which no field may have."""

    def said(self, name: str) -> str:
        """`DealCustomFieldMeta`, as messages have it."""
        return name[0].upper() + name[1:]


DEAL = Kind(
    owner="deal",
    definitions="dealCustomFieldMeta",
    definition="dealCustomFieldMetum",
    values="dealCustomFieldData",
    value="dealCustomFieldDatum",
    sent_as="dealId",
    shown_as="dealId",
    prefix="DEAL_",
    taken=frozenset({"DEAL_TITLE", "DEAL_VALUE", "DEAL_STAGE", "DEAL_STATUS", "DEAL_OWNER", "DEAL_PIPELINE"}),
)
ACCOUNT = Kind(
    owner="account",
    definitions="accountCustomFieldMeta",
    definition="accountCustomFieldMetum",
    values="accountCustomFieldData",
    value="accountCustomFieldDatum",
    sent_as="customerAccountId",
    shown_as="accountId",
    prefix="ACCT_",
    taken=frozenset({"ACCT_NAME", "ACCT_URL", "ACCT_OWNER"}),
)
