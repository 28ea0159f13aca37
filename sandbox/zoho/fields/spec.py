"""What one field and one module are: names, type, length, choices, what may be written. Values are others' matter."""

from dataclasses import dataclass, field

JSON_TYPES = {
    "boolean": "boolean",
    "double": "double",
    "currency": "double",
    "integer": "integer",
    "lookup": "jsonobject",
    "ownerlookup": "jsonobject",
    "multi_module_lookup": "jsonobject",
    "RRULE": "jsonobject",
    "ALARM": "jsonobject",
    "text_list": "jsonarray",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSpec:
    """`number` is what its id is made of, None while it has the place it was made in; `born` its first name."""

    name: str
    label: str
    kind: str
    length: int
    choices: tuple[str, ...] = ()
    is_mandatory: bool = False
    is_writable: bool = True
    is_unique: bool = False
    is_custom: bool = False
    lookup: str | None = None
    number: int | None = None
    born: str = ""

    @property
    def json_type(self) -> str:
        return JSON_TYPES.get(self.kind, "string")


@dataclass(frozen=True, slots=True, kw_only=True)
class ModuleSpec:
    """`check_field` is the one the vendor itself looks for duplicates by; `title_field` names a record to people."""

    name: str
    singular: str
    title_field: str
    check_field: str | None
    fields: dict[str, FieldSpec] = field(default_factory=dict)

    @property
    def has_people(self) -> bool:
        return "Full_Name" in self.fields

    def born_as(self, name: str) -> FieldSpec | None:
        """The field that had this name first, whatever it is called now."""
        return next((spec for spec in self.fields.values() if (spec.born or spec.name) == name), None)

    @property
    def unique_fields(self) -> list[str]:
        return [spec.name for spec in self.fields.values() if spec.is_unique]
