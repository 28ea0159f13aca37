"""Where a secret or an address is kept, as the YAML names it; the value itself never stands there.

`{env: NAME}` is the environment variable NAME or, when only NAME_FILE is set, the file that names;
`{file: PATH}` is a file, beside the YAML unless the path is absolute.
"""

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, model_validator

from config.policy.addresses import WebAddress

VARIABLE = r"^[A-Za-z_][A-Za-z0-9_]*$"


class Reference(BaseModel):
    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, json_schema_extra={"minProperties": 1, "maxProperties": 1}
    )

    env: str | None = Field(
        default=None, pattern=VARIABLE, description="An environment variable, like BATON_ZOHO_CLIENT_ID."
    )
    file: str | None = Field(
        default=None, min_length=1, description="A file that holds the value, like /run/secrets/token."
    )

    @model_validator(mode="after")
    def _names_one_place(self) -> Self:
        if (self.env is None) == (self.file is None):
            raise ValueError("names one place: either {env: NAME} or {file: PATH}.")
        return self

    def __str__(self) -> str:
        return self.env if self.env is not None else f"file {self.file}"


class SecretReference(Reference):
    """A reference whose value is a secret."""


def _form(value: object) -> str:
    return "written out" if isinstance(value, str) else "referred to"


Address = Annotated[
    Annotated[WebAddress, Tag("written out")] | Annotated[Reference, Tag("referred to")], Discriminator(_form)
]
