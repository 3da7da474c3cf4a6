"""What does a document of a segment say about itself, for Whoosh?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from whoosh.codec.base import PerDocumentReader
from whoosh.columns import ColumnReader

from indexer.codec.impact import Lengths
from indexer.codec.segment import Segment
from indexer.codec.whoosh_fields import DAY, EXACT, TEXT, ZERO_DAY


class SegmentDocuments(PerDocumentReader):
    """Lengths, days and stored fields of documents."""

    def __init__(self, segment: Segment, deleted: frozenset[int]) -> None:
        self._segment = segment
        self._deleted = deleted
        self._lengths: dict[str, list[int]] = {}

    def doc_count(self) -> int:
        return self._segment.n_docs - len(self._deleted)

    def doc_count_all(self) -> int:
        return self._segment.n_docs

    def has_deletions(self) -> bool:
        return bool(self._deleted)

    def is_deleted(self, docnum: int) -> bool:
        return docnum in self._deleted

    def deleted_docs(self) -> Iterator[int]:
        return iter(sorted(self._deleted))

    def supports_columns(self) -> bool:
        return True

    def has_column(self, fieldname: str) -> bool:
        return fieldname == DAY

    def list_columns(self) -> list[str]:
        return [DAY]

    def column_reader(self, fieldname: str, column: Any) -> DayReader:
        if fieldname != DAY:
            raise ValueError(f"there is no column {fieldname}")
        return DayReader(self._segment, column)

    def field_length(self, fieldname: str) -> int:
        totals = {TEXT: self._segment.total_length, EXACT: self._segment.total_length_exact}
        return totals.get(fieldname, 0)

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        lengths = self._quantised(fieldname)
        return lengths[docnum] if lengths else default

    def min_field_length(self, fieldname: str) -> int:
        return min(self._quantised(fieldname), default=0)

    def max_field_length(self, fieldname: str) -> int:
        return max(self._quantised(fieldname), default=0)

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """Return what is shown of a document, and extra numbers; what it has not is left out."""
        stored = self._segment.stored(docnum)._asdict()
        fields = {name: value for name, value in stored.items() if value is not None}
        return fields | {name: column[docnum] for name, column in self._segment.documents.extra.items()}

    def _quantised(self, fieldname: str) -> list[int]:
        """The length of every document as a byte can say it; none for a field that is not scored."""
        if fieldname not in (TEXT, EXACT):
            return []
        if fieldname not in self._lengths:
            column = self._segment.documents.column("length" if fieldname == TEXT else "length_exact")
            self._lengths[fieldname] = Lengths.of(column.array()).meant.tolist()
        return self._lengths[fieldname]


class DayReader(ColumnReader):
    """The column of days, as the sortable numbers that Whoosh keeps in columns."""

    def __init__(self, segment: Segment, column: Any) -> None:
        self._documents = segment.documents
        self._default = int(column.default_value())
        self._sign = 1

    def __len__(self) -> int:
        return self._documents.n_docs

    def __getitem__(self, docnum: int) -> int:
        day = self._documents.day(docnum)
        return self._default if day is None else day + ZERO_DAY

    def sort_key(self, docnum: int) -> int:  # type: ignore[override]
        return self._sign * self[docnum]

    def set_reverse(self) -> None:
        self._sign = -1

    def load(self) -> list[int]:
        days: list[int] = self._documents.day_array(self._default - ZERO_DAY).tolist()
        return [day + ZERO_DAY for day in days]
