"""What happens in a CRM around a call because somebody ordered it: a person's deed, or a switch that is turned.

An order that cannot be carried out (no such field, no such deed here) says so in the listing of faults.
"""

import logging
from collections.abc import Iterable

from sandbox.crm import NoSuchRecordError, PracticeCrm, RefusedEditError
from sandbox.faults import Fault
from sandbox.faults.kinds import KINDS, SWITCH, SWITCHED_BY
from sandbox.ground import Ground
from sandbox.settings import UnknownSettingError

log = logging.getLogger(__name__)

CANNOT_BE = (NoSuchRecordError, RefusedEditError, UnknownSettingError, KeyError)


class Happenings:
    def __init__(self, ground: Ground, crm: PracticeCrm) -> None:
        self._ground = ground
        self._crm = crm

    def come_about(self, moments: Iterable[Fault]) -> None:
        for moment in moments:
            try:
                self._come_about(moment)
            except CANNOT_BE as error:
                moment.trouble = f"{type(error).__name__}: {error}"
                log.warning("the fault %s %s did not come about", moment.id, moment.kind)
            self._ground.store.flush()

    def _come_about(self, moment: Fault) -> None:
        deed = KINDS[moment.kind].does
        if deed == SWITCH:
            self._ground.change_settings(**{SWITCHED_BY[moment.kind]: moment.detail["seconds"]})
        elif deed not in self._crm.deeds:
            raise RefusedEditError(f"nobody can {deed} in {self._crm.name}")
        else:
            self._crm.deeds[deed](moment.detail)
