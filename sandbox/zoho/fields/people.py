"""Leads and Contacts: the standard fields, and the custom ones this organisation made for its marketing."""

from sandbox.people.vocabulary import SALES_STAGES
from sandbox.zoho.fields import choices
from sandbox.zoho.fields.making import (
    custom,
    email,
    lookup,
    own_fields,
    phone,
    picklist,
    plain,
    read_only,
    text,
    textarea,
)
from sandbox.zoho.fields.spec import FieldSpec, ModuleSpec


def leads() -> ModuleSpec:
    fields = [
        *_name(),
        text("Company", 200, mandatory=True),
        text("Designation", 100),
        phone("Phone", 50),
        phone("Mobile"),
        phone("Fax"),
        *plain("website", "Website"),
        picklist("Lead_Status", choices.LEAD_STATUSES),
        picklist("Industry", choices.INDUSTRIES),
        picklist("Rating", choices.RATINGS),
        *plain("integer", "No_of_Employees"),
        *plain("currency", "Annual_Revenue"),
        *(text(part) for part in ("Street", "City", "State", "Country")),
        text("Zip_Code", 30),
        *read_only("boolean", "Converted__s"),
        *read_only("datetime", "Converted_Date_Time"),
        *(_fate(name, module) for name, module in CONVERTED.items()),
        *_common(),
    ]
    return _module("Leads", "Lead", fields)


def contacts() -> ModuleSpec:
    fields = [
        *_name(),
        lookup("Account_Name", "Accounts"),
        text("Title", 100),
        text("Department", 50),
        phone("Phone", 50),
        *(phone(name) for name in ("Home_Phone", "Other_Phone", "Mobile", "Asst_Phone", "Fax")),
        text("Assistant", 50),
        *plain("date", "Date_of_Birth"),
        lookup("Reporting_To", "Contacts"),
        *(text(f"{place}_{part}") for place in ("Mailing", "Other") for part in ("Street", "City", "State", "Country")),
        *(text(f"{place}_Zip", 30) for place in ("Mailing", "Other")),
        *_common(),
    ]
    return _module("Contacts", "Contact", fields)


CONVERTED = {"Converted_Contact": "Contacts", "Converted_Account": "Accounts", "Converted_Deal": "Deals"}


def _fate(name: str, module: str) -> FieldSpec:
    return FieldSpec(
        name=name, label=name.replace("_", " "), kind="lookup", length=120, is_writable=False, lookup=module
    )


def _name() -> list[FieldSpec]:
    return [
        picklist("Salutation", choices.SALUTATIONS),
        text("First_Name", 40),
        text("Last_Name", 80, mandatory=True),
        *read_only("text", "Full_Name"),
        email("Email"),
        email("Secondary_Email"),
    ]


def _common() -> list[FieldSpec]:
    return [
        picklist("Lead_Source", choices.LEAD_SOURCES),
        text("Skype_ID", 50),
        text("Twitter", 50),
        *plain("boolean", "Email_Opt_Out"),
        *read_only("picklist", "Unsubscribed_Mode"),
        *read_only("datetime", "Unsubscribed_Time"),
        *read_only("boolean", "Locked__s"),
        textarea("Description"),
        custom("ActiveCampaign_ID", "text", 50, unique=True),
        custom("Marketing_Consent", "picklist", 120, choices.CONSENTS),
        custom("Lifecycle_Stage", "picklist", 120, SALES_STAGES),
        custom("Renewal_Date", "date"),
        custom("Budget", "double", 16),
        custom("Sales_Comment", "text", 255),
        custom("Preferred_Channel", "picklist", 120, choices.PREFERRED_CHANNELS),
        *own_fields(),
    ]


def _module(name: str, singular: str, fields: list[FieldSpec]) -> ModuleSpec:
    by_name = {spec.name: spec for spec in fields}
    return ModuleSpec(name=name, singular=singular, title_field="Full_Name", check_field="Email", fields=by_name)
