"""Here are the bytes of a seed; which articles are in them?"""

from collections.abc import Iterator

from indexer.documents.article import Article
from indexer.documents.formats import json_document, json_lines, record_fields, text
from indexer.documents.formats.json_lines import Before
from indexer.documents.kinds import DOCUMENT, LINES, TEXT, kind, refused_by_name
from indexer.documents.record import Record
from indexer.documents.refusal import Refusal, Refused

__all__ = ["Before", "Record", "may_grow", "parse", "records", "records_after"]


def records(path: str, content: bytes) -> Iterator[Record | Refusal]:
    """What there is to parse in the file ``path`` with this ``content``, in the order of the file.

    A text is one record, a file of JSON lines has one for each line, a JSON document one for each element.
    Trouble with the file is a refusal among them; what stands before it is kept. Never raises.
    """
    reason = refused_by_name(path.rpartition("/")[2])
    if reason:
        yield Refusal(path, 0, reason)
        return
    try:
        form = kind(path)
        if form == LINES:
            yield from json_lines.records(path, content)
        elif form == DOCUMENT:
            yield from json_document.records(path, content)
        else:
            yield from text.records(content)
    except Refused as refused:
        yield Refusal(path, 0, refused.reason)


def may_grow(path: str) -> bool:
    """Whether a file may be read on from where it ended: one of JSON lines."""
    return not refused_by_name(path.rpartition("/")[2]) and kind(path) == LINES


def records_after(path: str, before: Before, rest: bytes) -> Iterator[Record | Refusal] | None:
    """The records of a file that may grow in the ``rest`` of it, as ``records`` finds them there.

    None where that cannot be said without reading those ``before``, which must be records, every one.
    """
    if not before.are_apart(rest) or not rest.strip():
        return None
    return json_lines.records(path, rest, before.lines)


def parse(path: str, record: Record, occurrence: int = 0) -> Article | Refusal:
    """The article in a record of the file ``path``. Never raises.

    ``occurrence`` is the number of earlier records of the same file with the same digest.
    """
    is_text = kind(path) == TEXT
    try:
        return text.parse(path, record) if is_text else record_fields.parse(path, record, occurrence)
    except Refused as refused:
        return Refusal(path, 0 if is_text else record.line, refused.reason)
