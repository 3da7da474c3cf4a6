"""Which articles are in a JSON file? One object, the objects of an array, or those of one list in an object.

The list is that under ``articles``, ``documents``, ``items`` or ``results``, in an object that has no
headline and no body itself. Several objects in a row are read one after the other. The walk notes where each
element starts and ends and keeps none of them, so a large file needs little more room than its text. What
stands before a mistake is kept.
"""

import re
from array import array
from collections.abc import Iterator
from json import JSONDecoder
from typing import TypeAlias

from indexer.documents.decode import decode
from indexer.documents.formats.record_fields import explain
from indexer.documents.record import Record, record
from indexer.documents.refusal import Refusal

MOST_STRANGERS = 1000  # elements in a row that are not objects before an array is taken for something else

_LISTS = ("articles", "documents", "items", "results")
_TEXTS = ("headline", "title", "body", "text")
_SPACE = re.compile(r"[ \t\n\r]*")
_scan = JSONDecoder().raw_decode

# Start and end of each element in turn: millions of them must be cheap.
Places: TypeAlias = "array[int]"


class _Broken(Exception):
    def __init__(self, at: int, reason: str) -> None:
        super().__init__(reason)
        self.at = at
        self.reason = reason


def records(path: str, content: bytes) -> Iterator[Record | Refusal]:
    """A record for each element, and a refusal for the place where it stops being JSON. Raises Refused."""
    text = decode(content).text
    places: Places = array("Q")
    broken = _walk(text, places)
    line, at = 1, 0
    for start, end in zip(places[::2], places[1::2], strict=True):
        line += text.count("\n", at, start)
        at = start
        if text[start] == "{":
            yield record(line, text[start:end].encode())
        else:
            yield Refusal(path, line, "not a JSON object")
    if broken:
        yield Refusal(path, text.count("\n", 0, broken.at) + 1, broken.reason)
    elif not places:
        yield Refusal(path, 0, "an empty list" if text.strip() else "empty")


def _walk(text: str, places: Places) -> _Broken | None:
    """Put the place of every element into ``places``; where and why it ended early, if it did."""
    at = _skip(text, 0)
    try:
        if text[at : at + 1] == "[":
            at = _skip(text, _list(text, at, places))
        while at < len(text):
            if text[at] != "{":
                first = not text[:at].strip()
                raise _Broken(at, "no JSON object or array" if first else "not JSON: only objects may follow")
            at = _skip(text, _single(text, at, places))
    except _Broken as broken:
        return broken
    return None


def _list(text: str, at: int, places: Places) -> int:
    """Walk the array that begins at ``at``; the offset behind it."""
    strangers = 0
    at = _skip(text, at + 1)
    if text[at : at + 1] == "]":
        return at + 1
    while True:
        value, end = _value(text, at)
        places.extend((at, end))
        strangers = 0 if isinstance(value, dict) else strangers + 1
        if strangers == MOST_STRANGERS:
            raise _Broken(at, f"{strangers:,} elements in a row that are not objects: the rest is not read")
        at = _skip(text, end)
        if text[at : at + 1] == "]":
            return at + 1
        at = _skip(text, _expect(text, at, ","))


def _single(text: str, at: int, places: Places) -> int:
    """Walk an object that is one article, or holds a list of them; the offset behind it."""
    inside: Places = array("Q")
    lists: list[str] = []
    try:
        end, is_article = _object(text, at, inside, lists)
    except _Broken:
        places.extend(inside)
        raise
    if is_article or not lists:
        places.extend((at, end))
    elif len(lists) > 1:
        raise _Broken(at, f"more than one list of articles: {', '.join(lists)}")
    else:
        places.extend(inside)
    return end


def _object(text: str, at: int, inside: Places, lists: list[str]) -> tuple[int, bool]:
    """Walk the object that begins at ``at``: the offset behind it, and whether it has a text of its own."""
    is_article = False
    at = _skip(text, at + 1)
    while text[at : at + 1] != "}":
        key, end = _value(text, at)
        if not isinstance(key, str):
            raise _Broken(at, "not JSON: a key that is not text")
        at = _skip(text, _expect(text, _skip(text, end), ":"))
        if key in _LISTS and text[at : at + 1] == "[":
            lists.append(key)
            end = _list(text, at, inside)
        else:
            value, end = _value(text, at)
            is_article = is_article or (key in _TEXTS and bool(value))
        at = _skip(text, end)
        if text[at : at + 1] != "}":
            at = _skip(text, _expect(text, at, ","))
    return at + 1, is_article


def _value(text: str, at: int) -> tuple[object, int]:
    try:
        value, end = _scan(text, at)
    except RecursionError:
        raise _Broken(at, "not JSON that can be read: nested too deeply") from None
    except ValueError as error:
        raise _Broken(getattr(error, "pos", at), f"not JSON: {explain(error)}") from None
    return value, end


def _expect(text: str, at: int, sign: str) -> int:
    if text[at : at + 1] != sign:
        raise _Broken(at, f"not JSON: '{sign}' expected")
    return at + 1


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at
