"""What does one JSON object say about an article?

Keys: ``headline`` or ``title``, ``summary``, ``body`` or ``text``, ``date``, ``source``, ``id``; the first of
a pair counts when it holds something. ``body`` may be a list of paragraphs. null counts as absent, other keys
are passed over. A value of another type refuses the record and names the key, for guessing would hide a
mistake that may run through the whole file. A date that cannot be read does not: the article is undated.
"""

import re
from json import JSONDecoder
from typing import Any

from indexer.documents.article import Article
from indexer.documents.blanks import first_lines, one_line, unify_newlines, without_blank_lines
from indexer.documents.dateline import source_of
from indexer.documents.dates import whole_date
from indexer.documents.decode import decode
from indexer.documents.identity import own_id, record_id
from indexer.documents.record import Record
from indexer.documents.refusal import Refused

_DECODER = JSONDecoder()
_SCAN = vars(_DECODER)["scan_once"]  # documented in the source of ``json.scanner`` only
_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")
_LINES_WITH_A_DATELINE = 4

Fields = dict[str, Any]
Rule = tuple[str, str]

_DATED = ("date", "key date")
_NO_DATE = ("date", "undated: no key date")
_HEADED = {key: ("headline", f"key {key}") for key in ("headline", "title")}
_SUMMARISED = ("summary", "key summary")
_NO_SUMMARY = ("summary", "none: no key summary")
_NAMED = ("id", "key id")
_HASHED = ("id", "hash of path and record")


def parse(path: str, found: Record, occurrence: int) -> Article:
    """The article of one record. Raises Refused."""
    fields = _fields(found.raw)
    headline, headline_rule = _headline(fields)
    summary = one_line(_text(fields, "summary"))
    body = _body(fields)
    if not headline and not body:
        raise Refused("no text: neither headline nor body")
    day, date_rule = _day(fields.get("date"))
    source, source_rule = _source(fields, body)
    identity = own_id(fields.get("id"))
    rules = (
        date_rule,
        headline_rule,
        _SUMMARISED if summary else _NO_SUMMARY,
        source_rule,
        _NAMED if identity else _HASHED,
    )
    line = found.line
    id = identity or record_id(path, found.digest, occurrence)
    return Article(id, bool(identity), path, line, line, day, headline, summary, source, body, rules)


def _fields(raw: bytes | memoryview) -> Fields:
    """The object that these bytes are, lone surrogates replaced."""
    try:
        text = str(raw, "utf-8")
    except UnicodeDecodeError:
        text = decode(bytes(raw)).text
    try:
        fields = _decoded(text)
    except RecursionError:
        raise Refused("not JSON that can be read: nested too deeply") from None
    except ValueError as error:
        raise Refused(f"not JSON: {explain(error)}") from None
    if not isinstance(fields, dict):
        raise Refused("not a JSON object")
    if _SURROGATE.search(raw):
        fields = {key: _whole(value) for key, value in fields.items()}
    return fields


def _decoded(text: str) -> Any:
    """The value that a text is; nearly every record has no blanks around it, and then this is the short way.

    Raises ValueError.
    """
    try:
        value, end = _SCAN(text, 0)
    except StopIteration:
        end = -1
    return value if end == len(text) else _DECODER.decode(text)


def explain(error: ValueError) -> str:
    """The decoder's complaint in small letters and without its own idea of the line."""
    message = getattr(error, "msg", "a number with too many digits")
    column = getattr(error, "colno", 0)
    return f"{message[:1].lower()}{message[1:]}" + (f", column {column}" if column else "")


def _whole(value: Any) -> Any:
    """The value with half characters, which no file could hold, replaced by U+FFFD."""
    if isinstance(value, str):
        return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return [_whole(item) for item in value] if isinstance(value, list) else value


def _text(fields: Fields, key: str) -> str:
    value = fields.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Refused(f"{key} is {_type_name(value)}, not text")
    return value


def _headline(fields: Fields) -> tuple[str, Rule]:
    for key in _HEADED:
        if headline := one_line(_text(fields, key)):
            return headline, _HEADED[key]
    return "", ("headline", "none: no key headline or title")


def _body(fields: Fields) -> str:
    for key in ("body", "text"):
        value = fields.get(key)
        if isinstance(value, list):
            if not all(isinstance(part, str) for part in value):
                raise Refused(f"{key} is a list that holds something other than text")
            value = "\n\n".join(value)
        elif value is not None:
            value = _text(fields, key)
        if value and (body := without_blank_lines(unify_newlines(value))[1]):
            return body
    return ""


def _day(value: Any) -> tuple[int | None, Rule]:
    if value is None or value == "":
        return None, _NO_DATE
    if not isinstance(value, str):
        raise Refused(f"date is {_type_name(value)}, not text: write YYYY-MM-DD")
    written = whole_date(value)
    if written is None:
        return None, ("date", f"undated: the key date holds no date: {one_line(value[:40])}")
    return written.day, _DATED if written.day else ("date", f"undated: {written.trouble}")


def _source(fields: Fields, body: str) -> tuple[str | None, Rule]:
    source = one_line(_text(fields, "source"))
    if source:
        return source, ("source", "key source")
    for start, end in first_lines(body, _LINES_WITH_A_DATELINE):
        named = source_of(body[start : min(end, start + 100)])
        if named:
            return named, ("source", "dateline")
    return None, ("source", "none: no key source, and no dateline names an agency")


def _type_name(value: Any) -> str:
    if isinstance(value, bool):
        return "true or false"
    names = {int: "a number", float: "a number", str: "text", list: "a list", dict: "an object"}
    return names[type(value)]
