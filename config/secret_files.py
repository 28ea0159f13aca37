"""Values that stand in files: `BATON_DATABASE_URL_FILE=/run/secrets/database_url`, or `{file: …}` in a connection."""

import os
from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource

from config.problems import NotUsable, Problem

SUFFIX = "_FILE"


class SecretFiles(PydanticBaseSettingsSource):
    """Reads the named settings from the files the environment names; files are read when settings are, never later."""

    def __init__(self, settings_cls: type[BaseSettings], prefix: str, names: tuple[str, ...]) -> None:
        super().__init__(settings_cls)
        self._prefix = prefix
        self._names = names

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        return self._read(field_name), field_name, False

    def __call__(self) -> dict[str, Any]:
        read = {name: self._read(name) for name in self._names}
        return {name: value for name, value in read.items() if value is not None}

    def _read(self, name: str) -> str | None:
        variable = f"{self._prefix}{name}{SUFFIX}".upper()
        path = os.environ.get(variable)
        try:
            return secret_in(Path(path)) if path else None
        except ValueError as error:
            raise NotUsable([Problem("environment", None, variable, str(error), "Check path and rights.")]) from None


def secret_in(path: Path) -> str:
    """The file's text without the line's end that editors add. Raises ValueError, in our words and without the text."""
    try:
        text = path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ValueError(f"{path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise ValueError(f"{path} is no text.") from None
    if not text:
        raise ValueError(f"{path} is empty.")
    return text
