"""A module's fields as they stand now: those of the catalogue until somebody changes them, then as they were kept."""

from dataclasses import asdict, replace

from sandbox.store import Row, Shelf
from sandbox.zoho.fields.catalogue import MODULES
from sandbox.zoho.fields.spec import FieldSpec, ModuleSpec

SHELF = "fields of modules"


def spec_of(shelf: Shelf, module: str) -> ModuleSpec:
    held = shelf.get(module)
    if held is None:
        return MODULES[module]
    return replace(MODULES[module], fields={row["name"]: _read(row) for row in held["fields"]})


def keep(shelf: Shelf, spec: ModuleSpec) -> None:
    shelf.put(spec.name, {"fields": [asdict(field) for field in spec.fields.values()]})


def numbered(spec: ModuleSpec) -> dict[str, FieldSpec]:
    """Every field with the number it has kept, or has had by its place: a field's id outlives what goes before it."""
    return {
        name: field if field.number is not None else replace(field, number=place)
        for place, (name, field) in enumerate(spec.fields.items())
    }


def first_free_number(module: str) -> int:
    """Above all that the catalogue has; counted on from there, no number ever comes back for another field."""
    return len(MODULES[module].fields)


def _read(row: Row) -> FieldSpec:
    return FieldSpec(**{**row, "choices": tuple(row["choices"])})
