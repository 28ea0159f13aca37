"""The operating document as it is printed: Markdown for a wiki, plain text for a terminal, JSON for programs."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict

from baton.domain.told import Section


def rendered(title: str, sections: Sequence[Section], form: str) -> str:
    return _FORMS[form](title, sections)


def _as_json(title: str, sections: Sequence[Section]) -> str:
    told = [
        {**asdict(section), "rows": [dict(zip(section.columns, row, strict=True)) for row in section.rows]}
        for section in sections
    ]
    return json.dumps({"title": title, "sections": told}, indent=2, ensure_ascii=False)


def _as_markdown(title: str, sections: Sequence[Section]) -> str:
    lines = [f"# {title}"]
    for section in sections:
        lines += ["", f"## {section.title}"]
        lines += [line for sentence in section.sentences for line in ("", sentence)]
        if section.rows:
            lines += ["", _cells(section.columns), _cells(["---"] * len(section.columns))]
            lines += [_cells(row) for row in section.rows]
    return "\n".join(lines)


def _cells(row: Sequence[str]) -> str:
    # A bar inside a cell would begin the next one.
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"


def _as_text(title: str, sections: Sequence[Section]) -> str:
    lines = [title, "=" * len(title)]
    for section in sections:
        lines += ["", section.title, "-" * len(section.title)]
        lines += section.sentences
        for row in section.rows:
            lines += _record(section.columns, row)
    return "\n".join(lines)


def _record(columns: Sequence[str], row: Sequence[str]) -> Iterator[str]:
    """A row of many columns does not fit a terminal, so each is told line by line; two columns fit one line."""
    if len(columns) == 2:
        yield f"  {row[0]}: {row[1]}"
        return
    yield f"  {row[0]}"
    yield from (f"      {column:<16} {cell}" for column, cell in zip(columns[1:], row[1:], strict=True) if cell)


_FORMS: Mapping[str, Callable[[str, Sequence[Section]], str]] = {
    "md": _as_markdown,
    "text": _as_text,
    "json": _as_json,
}
