"""Which documents carry this value, and which value does this document carry?

For fields whose value is one string a document, or none: id, path, source.

    NAME.*         terms   the different values, see ``terms``
    NAME.first     u[V+1]  where the documents of each value start in NAME.doc
    NAME.doc       u[]     documents by value, ascending within a value
    NAME.value     u[N]    number of each document's value; V stands for "none"
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.codec.terms import Terms, decode, encode, write_terms

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indexer.codec.arrays import Array
    from indexer.storage.section_writer import SectionFileWriter
    from indexer.storage.sections import SectionFile

MOST_KNOWN = 4_096  # values read last


def write_keywords(out: SectionFileWriter, name: str, values: Sequence[str | None]) -> None:
    """Write the value of every document."""
    import numpy as np

    from indexer.codec.arrays import narrow, offsets

    ordered = sorted({value for value in values if value is not None})
    number: dict[str | None, int] = dict(zip(ordered, range(len(ordered)), strict=True))
    number[None] = len(ordered)
    terms = list(map(encode, ordered))
    value = np.fromiter(map(number.__getitem__, values), np.int64, len(values))
    counts = np.bincount(value, minlength=len(terms) + 1)[:-1]
    write_terms(out, name, terms)
    out.append(f"{name}.first", narrow(offsets(counts)))
    out.append(f"{name}.doc", narrow(np.argsort(value, kind="stable")[: int(counts.sum())]))
    out.append(f"{name}.value", narrow(value))


class Keywords:
    """Reads one such field."""

    def __init__(self, file: SectionFile, name: str, n_docs: int) -> None:
        self.terms = Terms(file, name)
        self._first = file[f"{name}.first"]
        self._doc = file[f"{name}.doc"]
        self._value = file[f"{name}.value"]
        if len(self._value) != n_docs or len(self._first) != len(self.terms) + 1:
            raise self._value.damaged("it has not one value for each document")
        self._known: dict[int, str | None] = {}  # values by number, the ones read last

    def of(self, doc: int) -> str | None:
        """Return the value of a document."""
        number = self._value[doc]
        if number > len(self.terms):
            raise self._value.damaged("it names values that do not exist", doc)
        return self._named(number)

    def of_many(self, docs: Sequence[int]) -> list[str | None]:
        """Return the value of each of ``docs``; those read last are known, whoever carries them."""
        numbers = self._value.items(docs)
        if len(self._known) > MOST_KNOWN:
            self._known.clear()
        unknown = [number for number in set(numbers) if number not in self._known]
        if unknown:
            self._read(unknown)
        return [self._known[number] for number in numbers]

    def _read(self, numbers: list[int]) -> None:
        none = len(self.terms)
        if max(numbers) > none:
            raise self._value.damaged("it names values that do not exist")
        some = [number for number in numbers if number != none]
        self._known[none] = None
        self._known.update(zip(some, map(decode, self.terms.few(some)), strict=True))

    def _named(self, number: int) -> str | None:
        return None if number == len(self.terms) else decode(self.terms[number])

    def docs(self, value: str) -> list[int]:
        """Return the documents that carry ``value``, ascending; none where there is no such value."""
        number = self.terms.find(encode(value))
        return [] if number < 0 else self.docs_of(number)

    def docs_of(self, number: int) -> list[int]:
        """Return the documents of value ``number``, ascending."""
        docs = list(self._doc.view(*self._first.view(number, number + 2)))
        if docs and max(docs) >= len(self._value):
            raise self._doc.damaged("it names documents that do not exist")
        return docs

    def doc_array(self, low: int, high: int) -> Array:
        """Return the documents of values ``low`` to ``high``, ascending within each value."""
        docs = self._doc.array(self._first[low], self._first[high])
        if len(docs) and docs.max() >= len(self._value):
            raise self._doc.damaged("it names documents that do not exist")
        return docs

    def counts(self, docs: Array) -> dict[str | None, int]:
        """Return how many of ``docs`` carry each value, those that occur among them; None is no value."""
        import numpy as np

        how_many = np.bincount(self._value.array()[docs])
        if len(how_many) > len(self.terms) + 1:
            raise self._value.damaged("it names values that do not exist")
        return {self._named(number): int(how_many[number]) for number in np.flatnonzero(how_many).tolist()}

    def starting_with(self, prefix: str) -> Iterator[tuple[str, list[int]]]:
        """Yield the values that start with ``prefix``, in order, with their documents."""
        for number in range(*self.terms.from_prefix(encode(prefix))):
            yield decode(self.terms[number]), self.docs_of(number)

    def all(self) -> list[str | None]:
        """Return the value of every document, in order."""
        values: list[str | None] = [*map(decode, self.terms[:]), None]
        numbers = self._value.view()
        if len(numbers) and max(numbers) >= len(values):
            raise self._value.damaged("it names values that do not exist")
        return [values[number] for number in numbers]
