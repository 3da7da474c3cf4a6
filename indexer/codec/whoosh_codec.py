"""How does Whoosh read a segment?

    segment = IndexSegment(Segment.open(directory, name), name, deleted)
    reader = whoosh.reading.SegmentReader(None, schema, segment)

Any ``whoosh.query`` runs over the reader through Whoosh's own matchers and scoring; the fast paths of
``search`` have to give the same. The schema's fields are those of ``whoosh_fields``. Segments are written
by ``builder`` and ``merge``; Whoosh's writers, which hand over one posting at a time, are not served.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator
from typing import Any, NoReturn

from whoosh.codec import base
from whoosh.reading import TermInfo

from indexer.codec.segment import Segment
from indexer.codec.whoosh_documents import SegmentDocuments
from indexer.codec.whoosh_fields import Field, open_fields
from indexer.codec.whoosh_lists import ListMatcher


class IndexSegment(base.Segment):
    """A segment and the documents deleted from it, as Whoosh knows segments."""

    def __init__(self, segment: Segment, name: str, deleted: Collection[int] = ()) -> None:
        self.segment = segment
        self.name = name  # what Whoosh's segment_id returns, where there is one
        self.segid = name
        self.indexname = ""
        self.compound = False
        self.deleted = frozenset(deleted)

    def codec(self) -> SegmentCodec:
        return SegmentCodec()

    def should_assemble(self) -> bool:
        return False

    def doc_count_all(self) -> int:
        return self.segment.n_docs

    def deleted_count(self) -> int:
        return len(self.deleted)

    def deleted_docs(self) -> Iterator[int]:
        return iter(sorted(self.deleted))

    def is_deleted(self, docnum: int) -> bool:
        return docnum in self.deleted

    def delete_document(self, docnum: int, delete: bool = True) -> NoReturn:
        raise NotImplementedError("deletions are in a manifest: a reader of it does not change")


class SegmentCodec(base.Codec):
    """Reads segments."""

    def terms_reader(self, storage: Any, segment: IndexSegment) -> SegmentTerms:
        return SegmentTerms(segment.segment)

    def per_document_reader(self, storage: Any, segment: IndexSegment) -> SegmentDocuments:
        return SegmentDocuments(segment.segment, segment.deleted)

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise NotImplementedError("Whoosh cannot write segments: indexer.codec.builder does")

    per_document_writer = field_writer = postings_writer = postings_reader = new_segment = _refuse


class SegmentTerms(base.TermsReader):
    """Terms of all fields and their lists."""

    def __init__(self, segment: Segment) -> None:
        self._fields = dict(open_fields(segment))

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        try:
            self._place(*term)
        except KeyError:
            return False
        return True

    def indexed_field_names(self) -> list[str]:
        return list(self._fields)

    def cursor(self, fieldname: str, fieldobj: Any) -> base.FieldCursor:
        field = self._fields.get(fieldname)
        return base.EmptyCursor() if field is None else TermCursor(field, fieldobj)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        return ((name, term) for name, field in self._fields.items() for term in field.terms)

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        return (pair for pair, _, _ in self._from(fieldname, prefix))

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return self.items_from("", b"")

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((pair, field.info(number)) for pair, field, number in self._from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        field, number = self._place(fieldname, text)
        return field.info(number)

    def frequency(self, fieldname: str, text: bytes) -> float:
        return self.term_info(fieldname, text).weight()

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        field, number = self._place(fieldname, text)
        return field.df(number)

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> ListMatcher:
        field, number = self._place(fieldname, text)
        return ListMatcher(field.listing(number), format_, (fieldname, text), scorer)

    def _place(self, fieldname: str, text: bytes) -> tuple[Field, int]:
        """Raises KeyError where there is no such field or term, which is what Whoosh takes for an answer."""
        field = self._fields[fieldname]
        return field, field.number(text)

    def _from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], Field, int]]:
        """The terms from (``fieldname``, ``prefix``) on, to the end of all fields."""
        for name, field in self._fields.items():
            if name < fieldname:
                continue
            start = _first(field, prefix) if name == fieldname else 0
            for number in range(start, len(field.terms)):
                yield (name, field.terms[number]), field, number


class TermCursor(base.FieldCursor):
    """Walks the terms of a field; texts are what the field makes of bytes."""

    def __init__(self, field: Field, fieldobj: Any) -> None:
        self._field = field
        self._fieldobj = fieldobj
        self._number = 0

    def first(self) -> Any:
        self._number = 0
        return self.text()

    def find(self, string: Any) -> Any:
        term = string if isinstance(string, bytes) else self._fieldobj.to_bytes(string)
        self._number = _first(self._field, term)
        return self.text()

    def next(self) -> Any:
        self._number += 1
        return self.text()

    def text(self) -> Any:
        return self._fieldobj.from_bytes(self._field.terms[self._number]) if self.is_valid() else None

    def term_info(self) -> TermInfo | None:
        return self._field.info(self._number) if self.is_valid() else None

    def is_valid(self) -> bool:
        return self._number < len(self._field.terms)


def _first(field: Field, term: bytes) -> int:
    """The place of the first term not below ``term``."""
    return bisect_left(field.terms, term)
