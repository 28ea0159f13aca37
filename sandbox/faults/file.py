"""A YAML file of fault orders and switches: where it is wrong, the file, the line and the key are named.

Either a plain list of orders, or `faults:` and `switches:` beside each other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from sandbox.faults.orders import UnknownFaultError, read_order

PARTS = ("faults", "switches")


class BadFaultsFileError(ValueError):
    """`faults.yaml:7: nth: …`"""

    def __init__(self, path: Path, line: int, key: str, said: str) -> None:
        place = f"{path}:{line}" if line else str(path)
        super().__init__(f"{place}: {key}: {said}" if key else f"{place}: {said}")


@dataclass(frozen=True, slots=True)
class Trouble:
    """What a file orders; `lines` tells where each switch stands."""

    path: Path
    orders: Sequence[Mapping[str, Any]] = ()
    switches: Mapping[str, Any] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)


def read_faults(path: Path) -> Trouble:
    said = _parsed(path)
    if said is None:
        return Trouble(path)
    if isinstance(said, CommentedSeq):
        return Trouble(path, _orders(path, said))
    if not isinstance(said, CommentedMap):
        raise BadFaultsFileError(path, 1, "", "a list of faults is wanted, or faults: and switches:")
    for name in said:
        if name not in PARTS:
            raise BadFaultsFileError(path, _line(said, name), str(name), f"there are only {' and '.join(PARTS)}")
    switches = _part(path, said, "switches", CommentedMap, "names and values") or CommentedMap()
    orders = _part(path, said, "faults", CommentedSeq, "a list") or CommentedSeq()
    lines = {name: _line(switches, name) for name in switches}
    return Trouble(path, _orders(path, orders), {name: _plain(value) for name, value in switches.items()}, lines)


def _parsed(path: Path) -> Any:
    try:
        return YAML().load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadFaultsFileError(path, 0, "", f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise BadFaultsFileError(path, 0, "", "is not text") from error
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise BadFaultsFileError(path, line, "", str(error.problem or error.context)) from error
    except YAMLError as error:
        raise BadFaultsFileError(path, 0, "", "is not YAML") from error


def _part(path: Path, said: CommentedMap, name: str, kind: type, wanted: str) -> Any:
    part = said.get(name)
    if part is not None and not isinstance(part, kind):
        raise BadFaultsFileError(path, _line(said, name), name, f"{wanted} is wanted here")
    return part


def _orders(path: Path, orders: CommentedSeq) -> list[Mapping[str, Any]]:
    return [_order(path, orders, place) for place in range(len(orders))]


def _order(path: Path, orders: CommentedSeq, place: int) -> Mapping[str, Any]:
    order = orders[place]
    if not isinstance(order, CommentedMap):
        line = orders.lc.item(place)[0] + 1
        raise BadFaultsFileError(path, line, "", "a fault begins with `kind:`")
    plain: dict[str, Any] = _plain(order)
    try:
        read_order(place + 1, plain)
    except UnknownFaultError as error:
        raise BadFaultsFileError(path, _line(order, error.key), error.key, str(error)) from error
    return plain


def _line(said: CommentedMap, key: str) -> int:
    """Of the key, or of the beginning where the key is what is missing."""
    if key in said:
        return int(said.lc.key(key)[0]) + 1
    return int(said.lc.line) + 1


def _plain(value: Any) -> Any:
    """What the file says, without the marks of where it says it."""
    if isinstance(value, Mapping):
        return {str(name): _plain(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    # The reader's own numbers and texts remember how they were written.
    kind = next((kind for kind in (str, float) if isinstance(value, kind)), None)
    return kind(value) if kind else value
