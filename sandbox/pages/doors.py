"""Hangs the pages of a CRM beside its control API, on the same deeds."""

from starlette.routing import Route

from sandbox.crm import PracticeCrm
from sandbox.ground import Ground
from sandbox.pages.site import Site
from sandbox.records import RecordsDoor


def pages_by_hand(ground: Ground, crm: PracticeCrm, records: RecordsDoor) -> list[Route]:
    if crm.screens is None:
        return []
    deeds = {**crm.deeds, "create": records.create, "edit": records.edit, "delete": records.delete}
    return Site(ground, crm.screens, deeds).routes()
