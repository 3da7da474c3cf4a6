"""What do the keys above a Markdown text say about the article?

A block between two lines of three dashes at the very top, as site generators want it: ``key: value``, quoted
or not, perhaps going on in the lines below. Lists and nested values are passed over.
"""

import re

from indexer.documents.blanks import one_line
from indexer.documents.dateline import source_of
from indexer.documents.dates import whole_date
from indexer.documents.header import Header, read_header

_FENCE = "---\n"
_LONGEST = 16 << 10
_KEY = re.compile(r"([A-Za-z_]+):(?:[ \t]+(.*))?$")
_MEANT = {
    "headline": "headline",
    "title": "headline",
    "date": "date",
    "summary": "summary",
    "excerpt": "summary",
    "description": "summary",
    "source": "source",
}


def read_front_matter(text: str) -> Header | None:
    """The header of a text that begins with such a block, or None. Raises Refused when it is all there is."""
    if not text.startswith(_FENCE):
        return None
    end = f"{text[:_LONGEST]}\n".find("\n" + _FENCE, len(_FENCE) - 1)
    fields = _fields(text[len(_FENCE) : end]) if end > 0 else {}
    if not fields:
        return None
    start = min(end + 1 + len(_FENCE), len(text))
    if "headline" not in fields:
        return _with_date(read_header(text, start), fields)
    header = Header(
        day=None,
        headline=fields["headline"],
        summary=fields.get("summary", ""),
        source=fields.get("source") or source_of(text[start:].lstrip()[:100]),
        body=start,
        rules=(("date", "undated: no key date"), ("headline", "front matter"), ("summary", "front matter")),
    )
    return _with_date(header, fields)


def _with_date(header: Header, fields: dict[str, str]) -> Header:
    if "date" not in fields:
        return header
    written = whole_date(fields["date"])
    trouble = written.trouble if written else "the key date holds no date"
    rule = ("date", f"undated: {trouble}" if trouble else "front matter")
    day = written.day if written else None
    return header._replace(day=day, rules=(rule, *(other for other in header.rules if other[0] != "date")))


def _fields(block: str) -> dict[str, str]:
    """The values of the keys we know; the first of several that mean the same counts."""
    fields: dict[str, str] = {}
    lines = block.split("\n")
    for i, line in enumerate(lines):
        found = _KEY.match(line)
        if found and found[1].lower() in _MEANT:
            value = _unquoted(one_line(f"{found[2] or ''} {_continued(lines, i + 1)}"))
            if value:
                fields.setdefault(_MEANT[found[1].lower()], value)
    return fields


def _continued(lines: list[str], start: int) -> str:
    """The lines that continue a value: those before the next key or item of a list."""
    until = start
    while until < len(lines) and not _KEY.match(lines[until]) and not lines[until].lstrip().startswith("- "):
        until += 1
    return " ".join(lines[start:until])


def _unquoted(value: str) -> str:
    value = value.removeprefix("> ").removeprefix(">- ").removeprefix("| ").removeprefix("|- ")
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        value = value[1:-1].replace('\\"', '"').replace("''", "'")
    return value.strip()
