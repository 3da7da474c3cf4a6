"""What is a document, in numbers?

Documents are in the order of their days, the undated ones last; the number of a document is its place.

    doc.day            u[D]   day (proleptic Gregorian ordinal) of the D dated documents, ascending
    doc.length         u[N]   tokens with a stem, in headline, summary and body together
    doc.length_exact   u[N]   tokens with a form
    doc.summary_at     u[N]   position from which tokens belong to the summary
    doc.body_at        u[N]   position from which tokens belong to the body
    doc.text           u[N]   first character of the document's text (see ``stored``)
    doc.headline       u[N]   characters of the headline; it starts the text
    doc.summary        u[N]   characters of the summary, which follows
    doc.body           u[N]   characters of the body, which follows
    doc.line           u[N]   line of the seed on which the article starts
    doc.body_line      u[N]   line of the seed on which its body starts
    doc.own            u1[N]  1 where the id came with the document
    extra.NAME         u[N]   further numbers that the writer of the segment gave
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.codec.arrays import Array
    from indexer.storage.section_writer import SectionFileWriter
    from indexer.storage.sections import Section, SectionFile


class DocumentColumns(NamedTuple):
    """The numbers of all documents of a segment being written, in the final order."""

    day: Array  # of the dated ones only
    length: Array
    length_exact: Array
    summary_at: Array
    body_at: Array
    text: Array
    headline: Array
    summary: Array
    body: Array
    line: Array
    body_line: Array
    own: Array
    extra: dict[str, Array]

    def write(self, out: SectionFileWriter) -> None:
        from indexer.codec.arrays import narrow

        for column, values in self._asdict().items():
            if column != "extra":
                out.append(f"doc.{column}", narrow(values))
        for name, values in self.extra.items():
            out.append(f"extra.{name}", narrow(values))


PER_DOCUMENT = tuple(name for name in DocumentColumns._fields if name not in ("day", "extra"))


class Documents:
    """Reads the numbers of documents."""

    def __init__(self, file: SectionFile, n_docs: int, n_dated: int) -> None:
        self.n_docs = n_docs
        self.n_dated = n_dated
        self.days = file["doc.day"]
        self._columns = {name: file[f"doc.{name}"] for name in PER_DOCUMENT}
        self.extra = {name[6:]: file[name] for name in file.names() if name.startswith("extra.")}
        wrong = [each for each in (*self._columns.values(), *self.extra.values()) if len(each) != n_docs]
        if len(self.days) != n_dated or n_dated > n_docs:
            wrong.append(self.days)
        if wrong:
            raise wrong[0].damaged("it has not one item for each document")

    def column(self, name: str) -> Section:
        """Return a column by its name without ``doc.``; all but ``day``."""
        return self._columns[name]

    def day(self, doc: int) -> int | None:
        """Return the day of a document, None where it has none."""
        return self.days[doc] if doc < self.n_dated else None

    def days_of(self, docs: Sequence[int]) -> Sequence[int | None]:
        """Return the day of each of ``docs``, None where it has none."""
        if docs and max(docs) < self.n_dated:
            return self.days.items(docs)
        return list(map(self.day, docs))

    def days_at(self, docs: Array, missing: int) -> Array:
        """Return the day of each of ``docs`` as i64, ``missing`` where it has none."""
        import numpy as np

        if self.n_dated == self.n_docs:
            return self.days.at(docs).astype(np.int64)
        result = np.full(len(docs), missing, np.int64)
        dated = np.flatnonzero(docs < self.n_dated)
        result[dated] = self.days.at(docs[dated])
        return result

    def between(self, since: int | None, until: int | None) -> tuple[int, int]:
        """Return the documents of the days ``since`` to ``until``, inclusive, as numbers from and below."""
        low = 0 if since is None else self.days.left(since)
        return low, max(low, self.n_dated if until is None else self.days.right(until))

    def day_array(self, missing: int) -> Array:
        """Return the day of every document as i64, ``missing`` where it has none."""
        import numpy as np

        result = np.full(self.n_docs, missing, np.int64)
        result[: self.n_dated] = self.days.array()
        return result

    def numbers(self, doc: int) -> dict[str, Any]:
        """Return all numbers of one document by name."""
        return {name: column[doc] for name, column in self._columns.items()}
