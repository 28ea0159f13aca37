"""A document against the form it must have: pydantic's findings in our words, each with file, line, key and advice."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from config.policy.document import Document, KeyPath
from config.policy.outline import Outline
from config.problems import Problem, did_you_mean

Form = TypeVar("Form", bound=BaseModel)

_KINDS = {
    "string_type": "should be text.",
    "bool_type": "should be true or false.",
    "int_type": "should be a whole number.",
    "int_from_float": "should be a whole number.",
    "float_type": "should be a number.",
    "tuple_type": "should be a list.",
    "list_type": "should be a list.",
    "dict_type": "should be keys and values.",
    "mapping_type": "should be keys and values.",
    "model_type": "should be keys and values.",
    "string_too_short": "is empty.",
    "too_short": "should name at least one.",
}


def validated(form: type[Form], document: Document) -> tuple[Form | None, tuple[Problem, ...]]:
    """The written values in their form, or None; and all that is wrong."""
    if document.values is None:
        return None, document.problems
    try:
        return form.model_validate(document.values), document.problems
    except ValidationError as error:
        told = _Teller(document, Outline.of(form))
        return None, document.problems + tuple(told.problem(each) for each in _telling(error))


def _telling(error: ValidationError) -> list[ErrorDetails]:
    """A list whose items are wrong is not short as well, though pydantic counts only the sound ones."""
    errors = error.errors(include_url=False)
    deeper = {each["loc"][:depth] for each in errors for depth in range(len(each["loc"]))}
    return [each for each in errors if each["type"] != "too_short" or each["loc"] not in deeper]


def sound_part(form: type[Form], document: Document, stand_ins: Mapping[str, object]) -> Form | None:
    """What is left when everything with an error is taken out, so that the rest can be judged in the same breath.

    `stand_ins` fill in for the keys that must not be absent.
    """
    values = document.values or {}
    try:
        return form.model_validate(values)
    except ValidationError as error:
        broken = [written_path(values, each["loc"])[:2] for each in error.errors(include_url=False)]
    try:
        return form.model_validate(_without(values, broken, stand_ins))
    except ValidationError:
        return None


def _without(values: Mapping[str, object], broken: Sequence[KeyPath], stand_ins: Mapping[str, object]) -> object:
    left: dict[str, object] = {}
    for key, value in {**stand_ins, **values}.items():
        stand_in = stand_ins.get(key)
        if isinstance(value, Mapping):
            kept = {name: part for name, part in value.items() if (key, name) not in broken}
            left[key] = {**stand_in, **kept} if isinstance(stand_in, Mapping) else kept
        elif (key,) not in broken:
            left[key] = value
        elif key in stand_ins:
            left[key] = stand_in
    return left


def written_path(values: Any, loc: Sequence[str | int]) -> KeyPath:
    """The part of pydantic's path that is in the file: it also names union branches. A missing key stays at its end."""
    path: list[str | int] = []
    for position, part in enumerate(loc):
        if _is_in(part, values):
            values = values[part]
        elif not (isinstance(values, Mapping) and position == len(loc) - 1 and part != "[key]"):
            continue
        path.append(part)
    return tuple(path)


def _is_in(part: str | int, values: object) -> bool:
    return part in values if isinstance(values, Mapping) else isinstance(values, list) and part in range(len(values))


class _Teller:
    def __init__(self, document: Document, outline: Outline) -> None:
        self._document = document
        self._outline = outline

    def problem(self, error: ErrorDetails) -> Problem:
        path = written_path(self._document.values, error["loc"])
        if error["type"] == "missing":
            return self._document.missing(path, self._outline.at(path).description)
        text, advice = self._words(error, path)
        return self._document.problem(path, text, advice)

    def _words(self, error: ErrorDetails, path: KeyPath) -> tuple[str, str]:
        kind, context = error["type"], error.get("ctx", {})
        match kind:
            case "extra_forbidden":
                return "is no key here.", did_you_mean(str(path[-1]), self._outline.at(path[:-1]).keys)
            case "enum" | "literal_error":
                return self._not_known(error, path)
            case "model_type" if context.get("class_name") == "SecretReference":
                return "holds something else than where the secret is kept.", _NEVER_A_SECRET
            case "value_error":
                return str(context["error"]), ""
            case "string_pattern_mismatch":
                return self._malformed(error, path)
        return self._plain(kind, error, context, path)

    def _plain(self, kind: str, error: ErrorDetails, context: Mapping[str, Any], path: KeyPath) -> tuple[str, str]:
        bounds = {"greater_than": "gt", "greater_than_equal": "ge", "less_than_equal": "le"}
        if kind in bounds:
            word = {"gt": "more than", "ge": "at least", "le": "at most"}[bounds[kind]]
            return f"should be {word} {context[bounds[kind]]}.", self._wanted(path)
        if kind == "string_too_long":
            return f"should have at most {context['max_length']} characters.", ""
        advice = "Put it in quotes." if _is_bare(error) else self._wanted(path)
        return _KINDS.get(kind, f"{error['msg']}."), advice

    def _wanted(self, path: KeyPath) -> str:
        """An item of a list is described by its list."""
        return self._outline.at(path).description or self._outline.at(path[:-1]).description

    def _not_known(self, error: ErrorDetails, path: KeyPath) -> tuple[str, str]:
        known = self._outline.at(path).choices
        written = error["input"]
        if isinstance(written, str):
            return f'"{written}" is not known here.', did_you_mean(written, known)
        return "is not known here.", f"Known: {', '.join(known)}."

    def _malformed(self, error: ErrorDetails, path: KeyPath) -> tuple[str, str]:
        if error["loc"] and error["loc"][-1] == "[key]":
            return f'"{path[-1]}" is no name for a field.', "Use lower-case letters, digits and underscores."
        return "is not written as it should be.", self._wanted(path)


_NEVER_A_SECRET = "A secret is never written here: name where it is kept, {env: NAME} or {file: PATH}."  # noqa: S105 - advice


def _is_bare(error: ErrorDetails) -> bool:
    return error["type"] == "string_type" and isinstance(error["input"], bool | int | float)
