"""Short ways of saying a field, one per kind, with the vendor's usual lengths."""

from sandbox.zoho.fields.spec import FieldSpec


def label_of(name: str) -> str:
    return name.removesuffix("__s").replace("_", " ").strip()


def text(name: str, length: int = 255, *, mandatory: bool = False) -> FieldSpec:
    return FieldSpec(name=name, label=label_of(name), kind="text", length=length, is_mandatory=mandatory)


def textarea(name: str, length: int = 32_000) -> FieldSpec:
    return FieldSpec(name=name, label=label_of(name), kind="textarea", length=length)


def email(name: str) -> FieldSpec:
    return FieldSpec(name=name, label=label_of(name), kind="email", length=100)


def phone(name: str, length: int = 30) -> FieldSpec:
    return FieldSpec(name=name, label=label_of(name), kind="phone", length=length)


def picklist(name: str, choices: tuple[str, ...], *, mandatory: bool = False) -> FieldSpec:
    return FieldSpec(
        name=name, label=label_of(name), kind="picklist", length=120, choices=choices, is_mandatory=mandatory
    )


def lookup(name: str, module: str | None) -> FieldSpec:
    return FieldSpec(name=name, label=label_of(name), kind="lookup", length=120, lookup=module)


def plain(kind: str, *names: str) -> list[FieldSpec]:
    """Fields of a kind whose values have no length worth telling."""
    return [FieldSpec(name=name, label=label_of(name), kind=kind, length=20) for name in names]


def read_only(kind: str, *names: str) -> list[FieldSpec]:
    return [FieldSpec(name=name, label=label_of(name), kind=kind, length=120, is_writable=False) for name in names]


def custom(name: str, kind: str, length: int = 20, choices: tuple[str, ...] = (), *, unique: bool = False) -> FieldSpec:
    return FieldSpec(
        name=name, label=label_of(name), kind=kind, length=length, choices=choices, is_unique=unique, is_custom=True
    )


def own_fields() -> list[FieldSpec]:
    """What every record has: who owns it, who made and changed it, when, and its id."""
    return [
        FieldSpec(name="Owner", label="Owner", kind="ownerlookup", length=120),
        *read_only("ownerlookup", "Created_By", "Modified_By"),
        *read_only("datetime", "Created_Time", "Modified_Time", "Last_Activity_Time"),
        *read_only("bigint", "id"),
        FieldSpec(name="Tag", label="Tag", kind="text_list", length=2000),
    ]
