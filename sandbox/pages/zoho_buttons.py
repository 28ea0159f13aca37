"""The buttons beside a Zoho record, by its module and by how it stands."""

from collections.abc import Callable
from functools import partial
from typing import Any

from sandbox.pages.screens import Body, Button, Input, Typed
from sandbox.store import Row
from sandbox.zoho.fields.choices import CALL_TYPES, COMPLETED, STAGES
from sandbox.zoho.merging import MERGEABLE
from sandbox.zoho.record_table import RecordTable
from sandbox.zoho.world import World

STAGE_CHOICES = tuple((stage, stage) for stage in STAGES)
CALLS = tuple((kind, kind) for kind in CALL_TYPES)
SUBJECT = Input(name="subject", label="Subject", is_required=True)


def buttons_of(world: World, table: RecordTable, row: Row) -> list[Button]:
    asked = (_convert, _opt_out, _unsubscribe, _move_stage, _complete, _new_task, _call, _note, _merge, _delete)
    return [button for ask in asked if (button := ask(world, table, row)) is not None]


def restore_button(table: RecordTable, id_: str) -> Button:
    return Button(key="restore", label="Restore", deed="restore", body=_always(module=table.module, id=id_))


def _convert(_world: World, table: RecordTable, row: Row) -> Button | None:
    if table.module != "Leads" or row.get("Converted__s"):
        return None
    inputs = (
        Input(name="Deal_Name", label="With a deal named"),
        Input(name="Stage", label="In stage", kind="select", choices=STAGE_CHOICES, value=STAGE_CHOICES[0][0]),
        Input(name="Closing_Date", label="Closing", kind="date"),
    )
    return Button(
        key="convert",
        label="Convert",
        deed="convert",
        body=partial(_conversion, row["id"]),
        inputs=inputs,
        group="Convert to a contact and an account",
    )


def _conversion(id_: str, typed: Typed) -> Body:
    deal = {name: typed[name] for name in ("Deal_Name", "Stage", "Closing_Date") if typed.get(name)}
    return {"id": id_, "deal": deal} if typed.get("Deal_Name") else {"id": id_}


def _opt_out(_world: World, table: RecordTable, row: Row) -> Button | None:
    if "Email_Opt_Out" not in table.kinds:
        return None
    is_out = bool(row.get("Email_Opt_Out"))
    return Button(
        key="opt",
        label="Opt in again" if is_out else "Opt out of e-mail",
        deed="edit",
        body=_always(module=table.module, id=row["id"], values={"Email_Opt_Out": not is_out}),
        group="E-mail",
    )


def _move_stage(_world: World, table: RecordTable, row: Row) -> Button | None:
    if table.module != "Deals":
        return None
    stage = Input(name="stage", label="Stage", kind="select", choices=STAGE_CHOICES, value=str(row["Stage"]))
    return Button(
        key="stage",
        label="Move",
        deed="move_stage",
        body=lambda typed: {"id": row["id"], "stage": typed.get("stage", "")},
        inputs=(stage,),
        group="Move to another stage",
    )


def _complete(_world: World, table: RecordTable, row: Row) -> Button | None:
    if table.module != "Tasks" or row.get("Status") == COMPLETED:
        return None
    return Button(key="complete", label="Complete", deed="complete_task", body=_always(id=row["id"]), group="Task")


def _unsubscribe(_world: World, table: RecordTable, row: Row) -> Button | None:
    if "Unsubscribed_Mode" not in table.kinds or row.get("Unsubscribed_Mode"):
        return None
    body = _always(module=table.module, id=row["id"])
    return Button(
        key="unsubscribe", label="Unsubscribe by the link in a mail", deed="unsubscribe", body=body, group="E-mail"
    )


def _new_task(_world: World, table: RecordTable, row: Row) -> Button | None:
    due = Input(name="due", label="Due", kind="date")
    return _beside(table, row, "task", "Add a task", "add_task", (SUBJECT, due))


def _call(_world: World, table: RecordTable, row: Row) -> Button | None:
    kind = Input(name="type", label="Type", kind="select", choices=CALLS, value=CALLS[0][0])
    return _beside(table, row, "call", "Log a call", "log_call", (SUBJECT, kind))


def _note(_world: World, table: RecordTable, row: Row) -> Button | None:
    content = Input(name="content", label="Note", is_required=True)
    return _beside(table, row, "note", "Write a note", "write_note", (content,))


def _beside(table: RecordTable, row: Row, key: str, label: str, deed: str, inputs: tuple[Input, ...]) -> Button | None:
    if table.module not in MERGEABLE:
        return None
    return Button(
        key=key,
        label=label,
        deed=deed,
        body=lambda typed: {**typed, "module": table.module, "id": row["id"]},
        inputs=inputs,
        group="Beside this record",
    )


def _merge(_world: World, table: RecordTable, row: Row) -> Button | None:
    if table.module not in MERGEABLE:
        return None
    return Button(
        key="merge",
        label="Merge",
        deed="merge",
        body=lambda typed: {"module": table.module, "into": typed.get("into", "").strip(), "from": [row["id"]]},
        inputs=(Input(name="into", label="Id of the record that stays", is_required=True),),
        group="Merge into another record",
        is_final=True,
        shows_next=lambda typed: typed.get("into", "").strip(),
    )


def _delete(_world: World, table: RecordTable, row: Row) -> Button:
    body = _always(module=table.module, id=row["id"])
    return Button(key="delete", label="Delete", deed="delete", body=body, group="Delete", is_final=True)


def _always(**body: Any) -> Callable[[Typed], Body]:
    return lambda _typed: body
