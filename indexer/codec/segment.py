"""What is in this segment? One immutable file, and the readers of its structures.

A segment is a sectioned file of kind SEGMENT. Its table's meta says

    documents, dated, stems       how many documents, dated documents, families that are stems
    length, length_exact          tokens with a stem, with a form, in all documents together
    weights                       {headline, summary, body, unit}: see ``impact``
    impact                        {k1, b, average} for block.impact
    length_bytes                  the 256 lengths that the length bytes of codes mean

Opening reads that and nothing else: each structure is opened when it is first asked for.

Versions of the format:

    1   the first
    2   text in Zstandard frames with a dictionary; numbers of words in four bits; dense lists
    3   six numbers in a sketch, and which documents share one
    4   counts of forms in two bytes
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from indexer.codec.documents import Documents
from indexer.codec.families import Families
from indexer.codec.form_counts import DOCUMENTS, TOKENS, FormCounts
from indexer.codec.impact import Weights
from indexer.codec.keywords import Keywords
from indexer.codec.postings import Postings
from indexer.codec.sentence_table import SentenceTable
from indexer.codec.sketches import DocumentSketches
from indexer.codec.stored import Text
from indexer.storage.sections import SectionFile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.codec.arrays import Array
    from indexer.codec.many import ManyLists
    from indexer.storage.directory import Directory

KIND = "SEGMENT"
VERSION = 4
HEAD = ("headline", "summary")


class Row(NamedTuple):
    """What is known about a document without its text; numbers as in ``documents``."""

    id: str | None
    path: str | None
    source: str | None
    own: int
    line: int
    body_line: int
    text: int
    headline: int
    summary: int
    body: int
    summary_at: int
    body_at: int


class Stored(NamedTuple):
    """What is shown of a document: the beginning of ``documents.article.Article``."""

    id: str | None
    own_id: bool
    path: str | None
    line: int
    body_line: int
    day: int | None
    headline: str
    summary: str
    source: str | None
    body: str


class Segment:
    """A segment, open for reading. Every reading may raise ArchiveDamaged."""

    def __init__(self, file: SectionFile) -> None:
        self.file = file
        meta = file.meta
        try:
            self.n_docs = _count(meta["documents"])
            self.n_dated = _count(meta["dated"])
            self.n_stems = _count(meta["stems"])
            self.total_length = _count(meta["length"])
            self.total_length_exact = _count(meta["length_exact"])
            self.weights = Weights(*(_count(meta["weights"][part]) for part in Weights._fields))
            self.impact = {name: float(meta["impact"][name]) for name in ("k1", "b", "average")}
            self.length_bytes = [_count(length) for length in meta["length_bytes"]]
            if len(self.length_bytes) != 256 or not self.weights.unit:
                raise ValueError
            if self.n_docs != len(file["doc.length"]) or self.n_docs >= 1 << 32:
                raise ValueError
        except (KeyError, TypeError, ValueError):
            raise file.damaged("its meta data cannot be right", 0) from None

    @classmethod
    def open(cls, directory: Directory, name: str) -> Segment:
        """Open the segment in file ``name``. Raises ArchiveDamaged or StorageError."""
        return cls(SectionFile.open(directory, name, KIND, VERSION))

    @cached_property
    def families(self) -> Families:
        families = Families(self.file)
        if len(families.stems) != self.n_stems:
            raise self.file.damaged("its dictionary has not as many stems as it says", 0)
        return families

    @cached_property
    def postings(self) -> Postings:
        return Postings(self.file, self.n_docs)

    @cached_property
    def many(self) -> ManyLists:
        from indexer.codec.many import ManyLists  # of patterns only

        return ManyLists(self.file, self.n_docs)

    @cached_property
    def form_documents(self) -> FormCounts:
        return FormCounts(self.file, DOCUMENTS, len(self.families.forms))

    @cached_property
    def form_tokens(self) -> FormCounts:
        return FormCounts(self.file, TOKENS, len(self.families.forms))

    @cached_property
    def documents(self) -> Documents:
        return Documents(self.file, self.n_docs, self.n_dated)

    @cached_property
    def sentences(self) -> SentenceTable:
        return SentenceTable(self.file, self.n_docs)

    @cached_property
    def sketches(self) -> DocumentSketches:
        return DocumentSketches(self.file, self.n_docs)

    @cached_property
    def text(self) -> Text:
        return Text(self.file)

    @cached_property
    def ids(self) -> Keywords:
        return Keywords(self.file, "id", self.n_docs)

    @cached_property
    def paths(self) -> Keywords:
        return Keywords(self.file, "path", self.n_docs)

    @cached_property
    def sources(self) -> Keywords:
        return Keywords(self.file, "source", self.n_docs)

    def parts(self, doc: int) -> tuple[str, str, str]:
        """Return headline, summary and body of a document."""
        column = self.documents.column
        headline, summary, body = (column(part)[doc] for part in ("headline", "summary", "body"))
        text = self.slice(doc, 0, headline + summary + body)
        return text[:headline], text[headline : headline + summary], text[headline + summary :]

    def head(self, doc: int) -> tuple[str, str]:
        """Return headline and summary of a document."""
        column = self.documents.column
        headline, summary = column("headline")[doc], column("summary")[doc]
        text = self.slice(doc, 0, headline + summary)
        return text[:headline], text[headline:]

    def slice(self, doc: int, start: int, stop: int) -> str:
        """Return characters ``start`` to ``stop`` of a document's stored text: headline, summary, body."""
        first = self.documents.column("text")[doc]
        return self.text.read(first + start, first + stop)

    def stored(self, doc: int) -> Stored:
        """Return everything that is shown of a document."""
        return self.stored_many((doc,))[0]

    def stored_many(self, docs: Sequence[int]) -> list[Stored]:
        """Return the same for each of ``docs``: for a page of hits a third of the work of one by one."""
        column, read = self.documents.column, self.text.read
        headline, summary, body, start = (column(name).items(docs) for name in (*HEAD, "body", "text"))
        ends = zip(start, headline, summary, body, strict=True)
        texts = [read(at, at + one + two + three) for at, one, two, three in ends]
        columns = (
            self.ids.of_many(docs),
            map(bool, column("own").items(docs)),
            self.paths.of_many(docs),
            column("line").items(docs),
            column("body_line").items(docs),
            self.documents.days_of(docs),
            [text[:end] for text, end in zip(texts, headline, strict=True)],
            [text[at : at + size] for text, at, size in zip(texts, headline, summary, strict=True)],
            self.sources.of_many(docs),
            [text[one + two :] for text, one, two in zip(texts, headline, summary, strict=True)],
        )
        return list(map(Stored, *columns))

    def rows(self, docs: Sequence[int]) -> list[Row]:
        """Return what is known about each of ``docs`` without its text."""
        values = (keywords.of_many(docs) for keywords in (self.ids, self.paths, self.sources))
        columns = (self.documents.column(name).items(docs) for name in Row._fields[3:])
        return list(map(Row, *values, *columns))

    def form_counts(self, form: int) -> tuple[int, int]:
        """Return how many documents a form is in, and how many tokens it has."""
        return self.form_documents.of(form), self.form_tokens.of(form)

    def exact_lengths(self) -> Array:
        """Return ``doc.length`` of every document (see ``documents``)."""
        return self.documents.column("length").array()


def _count(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise ValueError(value)
    return value
