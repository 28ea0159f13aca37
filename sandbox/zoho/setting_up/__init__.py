"""What an administrator changes of the organisation itself: its fields, their choices, and who may sign in."""

from collections.abc import Callable, Mapping
from typing import Any

from sandbox.store import Row
from sandbox.zoho.setting_up import fields, sign_in
from sandbox.zoho.world import World

DEEDS: dict[str, Callable[[World, Mapping[str, Any]], Row]] = {**fields.DEEDS, **sign_in.DEEDS}
