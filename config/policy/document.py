"""A YAML file as plain values, with the line of every key; syntax errors and duplicate keys are told, not raised.

What the keys mean is left to the others.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from config.problems import Problem

TAG = "tag:yaml.org,2002:"
KeyPath = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """`values` is None when the file could not be read as a mapping; `problems` then say why."""

    place: str
    values: Mapping[str, object] | None
    lines: Mapping[KeyPath, int]
    problems: tuple[Problem, ...] = ()

    def problem(self, path: Sequence[str | int], text: str, advice: str = "") -> Problem:
        """A problem with what stands at the path or, where it is not written out, with what holds it."""
        written = self._written(path)
        return Problem(self.place, self.lines.get(written, 1), shown(written), text, advice)

    def missing(self, path: Sequence[str | int], advice: str) -> Problem:
        return Problem(self.place, self.lines.get(self._written(path), 1), shown(path), "is missing.", advice)

    def _written(self, path: Sequence[str | int]) -> KeyPath:
        lengths = range(len(path), 0, -1)
        return next((tuple(path[:length]) for length in lengths if tuple(path[:length]) in self.lines), ())


def shown(path: Sequence[str | int]) -> str:
    return ".".join(str(part) for part in path)


def read_document(path: Path) -> Document:
    place = str(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return _unread(place, 1, "is missing.", "Copy it from config/connections/demo and change it.")
    except OSError as error:
        return _unread(place, 1, f"cannot be read: {error.strerror}.")
    except UnicodeDecodeError:
        return _unread(place, 1, "is not UTF-8.", "Save it as UTF-8.")
    return parse_document(text, place)


def parse_document(text: str, place: str) -> Document:
    try:
        return _parsed(text, place)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return _unread(place, mark.line + 1 if mark else 1, f"is not YAML: {error.problem or error.context}.", INDENT)
    except YAMLError:
        return _unread(place, 1, "is not YAML: it holds characters that YAML forbids.", "Save it as plain text.")
    except RecursionError:
        return _unread(place, 1, "is nested too deeply.")


def _parsed(text: str, place: str) -> Document:
    root = YAML(typ="safe", pure=True).compose(text)
    if not isinstance(root, MappingNode):
        return _unread(place, 1, "should be keys and values.", "Begin with: version: 1")
    reader = _Reader(place)
    values = reader.mapping(root, ())
    return Document(place, values, reader.lines, tuple(reader.problems))


INDENT = "Look at the indentation and the quotes of this line and the one before."


def _unread(place: str, line: int, text: str, advice: str = "") -> Document:
    return Document(place, None, {}, (Problem(place, line, "", text, advice),))


@dataclass(slots=True)
class _Reader:
    """Walks the nodes once. Our own walk, because the library stops at the first duplicate key and we tell them all."""

    place: str
    lines: dict[KeyPath, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    _known: set[int] = field(default_factory=set)

    def mapping(self, node: MappingNode, path: KeyPath) -> dict[str, object]:
        values: dict[str, object] = {}
        for key_node, value_node in node.value:
            key = self._key(key_node, path)
            if key is None:
                continue
            here = (*path, key)
            if key in values:
                first = self.lines[here]
                self._tell(key_node, here, f"stands here a second time; the first is on line {first}.", "Keep one.")
                continue
            self.lines[here] = key_node.start_mark.line + 1
            values[key] = self._value(value_node, here)
        return values

    def _key(self, node: Node, path: KeyPath) -> str | None:
        if isinstance(node, ScalarNode):
            return self._text(node, path)
        self._tell(node, path, "has a key that is not a word.", "A key is one word before the colon.")
        return None

    def _text(self, node: Node, path: KeyPath) -> str | None:
        """JSON escapes a rare character as two halves, which YAML reads one by one."""
        try:
            return str(node.value).encode("utf-16", "surrogatepass").decode("utf-16")
        except UnicodeDecodeError:
            self._tell(node, path, "holds half a character.", "Write the whole character.")
            return None

    def _value(self, node: Node, path: KeyPath) -> object:
        # An alias is the same node met again. They are refused because a contract is read by people line by line,
        # and because one alias inside itself would never end.
        if id(node) in self._known:
            self._tell(node, path, "uses an alias (*).", "Write the value out; anchors and aliases are not read here.")
            return None
        self._known.add(id(node))
        if isinstance(node, MappingNode):
            return self.mapping(node, path)
        if isinstance(node, SequenceNode):
            return [self._item(item, (*path, index)) for index, item in enumerate(node.value)]
        return self._scalar(node, path)

    def _item(self, node: Node, path: KeyPath) -> object:
        self.lines[path] = node.start_mark.line + 1
        return self._value(node, path)

    def _scalar(self, node: Node, path: KeyPath) -> object:
        kind, text = str(node.tag).removeprefix(TAG), self._text(node, path)
        if text is None or kind in {"str", "timestamp"}:
            return text
        if kind not in _SCALARS:
            self._tell(node, path, "has a tag (!).", "Write the value plainly.")
            return None
        try:
            return _SCALARS[kind](text)
        except ValueError:
            self._tell(node, path, "looks like a number and is none.", "Put it in quotes.")
            return None

    def _tell(self, node: Node, path: KeyPath, text: str, advice: str) -> None:
        self.problems.append(Problem(self.place, node.start_mark.line + 1, shown(path), text, advice))


_SCALARS: Mapping[str, Callable[[str], object]] = {
    "null": lambda _: None,
    "bool": lambda text: text.lower() == "true",
    "int": lambda text: int(text.replace("_", ""), 0),
    "float": lambda text: float(text.replace("_", "")),
}
