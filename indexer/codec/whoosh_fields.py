"""Which terms does a field have, in plain lexical order, and what is the list of each, for Whoosh?

    text               stems
    text_exact         forms
    id, path, source   keywords
    day                the terms of a signed NUMERIC of 32 bits at all its precisions. None is stored, as
                       documents are in the order of their days: each stands for an interval of documents

The first two are scored, by weight and length; in the others a document has a term or has it not.
"""

from __future__ import annotations

from abc import abstractmethod
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from struct import Struct

import numpy as np
from whoosh.reading import TermInfo

from indexer.codec.arrays import Array
from indexer.codec.exact import FormList, form_list
from indexer.codec.impact import Lengths
from indexer.codec.keywords import Keywords
from indexer.codec.postings import Tokens
from indexer.codec.segment import Segment
from indexer.codec.whoosh_lists import Listing

TEXT, EXACT, DAY = "text", "text_exact", "day"
ZERO_DAY = 1 << 31  # what Whoosh adds to a signed number to make it sortable
STEP, BITS = 4, 32
_DAY_TERM = Struct(">BI")


class Field:
    """The terms of one field; ``terms`` ascends."""

    terms: Sequence[bytes]

    def number(self, term: bytes) -> int:
        """Return the place of ``term``. Raises KeyError where there is none."""
        place = bisect_left(self.terms, term)
        if place == len(self.terms) or self.terms[place] != term:
            raise KeyError(term)
        return place

    @abstractmethod
    def listing(self, number: int) -> Listing:
        """Return the list of term ``number``."""

    def df(self, number: int) -> int:
        return len(self.listing(number).docs)

    def info(self, number: int) -> TermInfo:
        return self.listing(number).info()


class StemListing(Listing):
    """The list of a family."""

    def __init__(self, segment: Segment, family: int) -> None:
        super().__init__(segment.postings.docs(family))
        self._segment = segment
        self._family = family

    @cached_property
    def weights(self) -> Array:
        weights: Array = self._segment.postings.weights(self._family) / self._segment.weights.unit
        return weights

    @cached_property
    def lengths(self) -> Array:
        table = np.array(self._segment.length_bytes)
        lengths: Array = table[self._segment.postings.codes(self._family) & 0xFF]
        return lengths

    @cached_property
    def _tokens(self) -> Tokens:
        return self._segment.postings.tokens(self._family)

    def positions(self, index: int) -> list[int]:
        start, stop = self._tokens.starts[index : index + 2]
        return list(self._tokens.position[start:stop].tolist())


class Stems(Field):
    """The field ``text``."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment
        self.terms = segment.families.stems

    def listing(self, number: int) -> Listing:
        return StemListing(self._segment, number)

    def df(self, number: int) -> int:
        return self._segment.postings.df(number)


class FormListing(Listing):
    """The list of a form."""

    def __init__(self, found: FormList, unit: int, lengths: Array) -> None:
        super().__init__(found.docs)
        self._found = found
        self._unit = unit
        self._lengths = lengths

    @cached_property
    def weights(self) -> Array:
        weights: Array = self._found.weights / self._unit
        return weights

    @cached_property
    def lengths(self) -> Array:
        lengths: Array = self._lengths[self.docs]
        return lengths

    def positions(self, index: int) -> list[int]:
        start, stop = self._found.starts[index : index + 2]
        return list(self._found.position[start:stop].tolist())


class Forms(Field):
    """The field ``text_exact``."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment
        self.terms = segment.families.forms

    def listing(self, number: int) -> Listing:
        return FormListing(form_list(self._segment, number), self._segment.weights.unit, self._lengths)

    def df(self, number: int) -> int:
        return self._segment.form_counts(number)[0]

    @cached_property
    def _lengths(self) -> Array:
        return Lengths.of(self._segment.documents.column("length_exact").array()).meant


class Words(Field):
    """A field of keywords."""

    def __init__(self, keywords: Keywords) -> None:
        self._keywords = keywords
        self.terms = keywords.terms

    def listing(self, number: int) -> Listing:
        return Listing(np.array(self._keywords.docs_of(number), np.int64))


class Days(Field):
    """The field ``day``."""

    def __init__(self, segment: Segment) -> None:
        self._documents = segment.documents

    @cached_property
    def terms(self) -> list[bytes]:  # type: ignore[override]
        """The terms that Whoosh's NUMERIC makes of all days; a few thousand for every year."""
        day = self._documents.days.array().astype(np.int64) + ZERO_DAY
        return [
            _DAY_TERM.pack(shift, value)
            for shift in range(0, BITS, STEP)
            for value in np.unique(day >> shift).tolist()
        ]

    def listing(self, number: int) -> Listing:
        shift, value = _DAY_TERM.unpack(self.terms[number])
        since, below = (value << shift) - ZERO_DAY, (value + 1 << shift) - ZERO_DAY
        return Listing(np.arange(*self._documents.between(since, below - 1)))


def open_fields(segment: Segment) -> Iterator[tuple[str, Field]]:
    """Yield the fields of a segment by name, in the order of their names."""
    yield DAY, Days(segment)
    yield "id", Words(segment.ids)
    yield "path", Words(segment.paths)
    yield "source", Words(segment.sources)
    yield TEXT, Stems(segment)
    yield EXACT, Forms(segment)
