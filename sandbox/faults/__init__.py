"""Faults on request: which call, record or outgoing call they strike, how often, and repeatably.

How a struck call feels to the client is the matter of `server` and `delivery`; what becomes of a hook, of `hooks`.
"""

from sandbox.faults.fault import Fault
from sandbox.faults.force import Faults
from sandbox.faults.orders import UnknownFaultError

__all__ = ["Fault", "Faults", "UnknownFaultError"]
