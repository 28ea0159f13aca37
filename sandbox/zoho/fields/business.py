"""Accounts, Deals, Tasks, Calls and Notes: the standard fields of the modules around people."""

from sandbox.zoho.fields import choices
from sandbox.zoho.fields.making import lookup, own_fields, phone, picklist, plain, read_only, text, textarea
from sandbox.zoho.fields.spec import FieldSpec, ModuleSpec

LOCKABLE = ("Accounts", "Deals", "Tasks", "Calls")


def accounts() -> ModuleSpec:
    fields = [
        text("Account_Name", 200, mandatory=True),
        text("Account_Number", 40),
        text("Account_Site", 80),
        lookup("Parent_Account", "Accounts"),
        phone("Phone"),
        phone("Fax"),
        *plain("website", "Website"),
        picklist("Industry", choices.INDUSTRIES),
        *plain("integer", "Employees"),
        *plain("currency", "Annual_Revenue"),
        *(
            text(f"{place}_{part}")
            for place in ("Billing", "Shipping")
            for part in ("Street", "City", "State", "Country")
        ),
        *(text(f"{place}_Code", 30) for place in ("Billing", "Shipping")),
        textarea("Description"),
    ]
    return _module("Accounts", "Account", "Account_Name", fields)


def deals() -> ModuleSpec:
    fields = [
        text("Deal_Name", 120, mandatory=True),
        picklist("Stage", tuple(choices.STAGES), mandatory=True),
        FieldSpec(name="Closing_Date", label="Closing Date", kind="date", length=20, is_mandatory=True),
        picklist("Pipeline", choices.PIPELINES),
        *plain("currency", "Amount"),
        *plain("integer", "Probability"),
        text("Next_Step", 100),
        picklist("Type", choices.DEAL_TYPES),
        text("Reason_For_Loss__s"),
        picklist("Lead_Source", choices.LEAD_SOURCES),
        lookup("Account_Name", "Accounts"),
        lookup("Contact_Name", "Contacts"),
        textarea("Description"),
    ]
    return _module("Deals", "Deal", "Deal_Name", fields)


def tasks() -> ModuleSpec:
    fields = [
        text("Subject", mandatory=True),
        *plain("date", "Due_Date"),
        picklist("Status", choices.TASK_STATUSES),
        picklist("Priority", choices.PRIORITIES),
        lookup("Who_Id", "Contacts"),
        lookup("What_Id", None),
        *plain("RRULE", "Recurring_Activity"),
        *plain("ALARM", "Remind_At"),
        *plain("boolean", "Send_Notification_Email"),
        *read_only("datetime", "Closed_Time"),
        textarea("Description"),
    ]
    return _module("Tasks", "Task", "Subject", fields, check_field=None)


def calls() -> ModuleSpec:
    fields = [
        text("Subject", mandatory=True),
        picklist("Call_Type", choices.CALL_TYPES, mandatory=True),
        FieldSpec(name="Call_Start_Time", label="Call Start Time", kind="datetime", length=120, is_mandatory=True),
        text("Call_Duration", 50),
        *read_only("integer", "Call_Duration_in_seconds"),
        picklist("Outgoing_Call_Status", choices.CALL_STATUSES),
        picklist("Call_Purpose", choices.CALL_PURPOSES),
        picklist("Call_Result", choices.CALL_RESULTS),
        text("Call_Agenda"),
        text("Caller_ID", 50),
        text("Dialled_Number", 50),
        lookup("Who_Id", "Contacts"),
        lookup("What_Id", None),
        textarea("Description"),
    ]
    return _module("Calls", "Call", "Subject", fields, check_field=None)


def notes() -> ModuleSpec:
    fields = [
        text("Note_Title", 120),
        FieldSpec(name="Note_Content", label="Note Content", kind="textarea", length=65_535, is_mandatory=True),
        lookup("Parent_Id", None),
    ]
    return _module("Notes", "Note", "Note_Title", fields, check_field=None)


def _module(
    name: str, singular: str, title: str, fields: list[FieldSpec], *, check_field: str | None = ""
) -> ModuleSpec:
    lock = read_only("boolean", "Locked__s") if name in LOCKABLE else []
    by_name = {spec.name: spec for spec in [*fields, *lock, *own_fields()]}
    check = title if check_field == "" else check_field
    return ModuleSpec(name=name, singular=singular, title_field=title, check_field=check, fields=by_name)
