"""What do the lists of one segment look like to a query?

A ``Part`` is a segment in its place among the others of a snapshot, with the documents deleted since.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from indexer.codec.terms import encode
from indexer.search.kernels import NOTHING, Array, Ranks
from indexer.search.tally import Tally
from indexer.search.term_list import JoinedList, TermList

if TYPE_CHECKING:
    from indexer.codec.postings import Tokens
    from indexer.codec.segment import Segment
    from indexer.search.variants import Variants

STEMS, FORMS = "text", "text_exact"
MOST_REMEMBERED = 4_096  # terms of a part


class Window(NamedTuple):
    """Documents ``low`` to ``high`` of a part; documents are in date order, so a date range is a window."""

    low: int
    high: int


class Frequent(NamedTuple):
    """Forms that many documents of a part have, deleted ones included; see ``expansion.near_frequent``."""

    numbers: Array  # ascending
    terms: list[bytes]
    documents: Array  # that have each
    sizes: Array  # in bytes
    letters: Array  # see ``codec.terms``
    ascii: Array


class Part:
    """One segment of a snapshot; ``base`` is the number of its first document there."""

    def __init__(self, segment: Segment, base: int = 0, deleted: Array = NOTHING) -> None:
        self.segment = segment
        self.base = base
        self.deleted = deleted
        self.n_docs = segment.n_docs
        self.n_live = segment.n_docs - len(deleted)
        self.ranks = Ranks(segment.n_docs)
        self.tally = Tally()
        self._terms: dict[tuple[str, str], TermList | None] = {}
        self.tokens: dict[tuple[int, bool], Tokens] = {}  # of families read whole, with numbers or without
        self.variants: dict[tuple[object, ...], Variants] = {}  # lists of patterns, see ``expansion``
        self._frequent: dict[int, Frequent] = {}  # by the binary magnitude of the frequency
        self.whole = Window(0, segment.n_docs)

    @cached_property
    def alive(self) -> Array | None:
        """A mask of the live documents, or None where all are."""
        if not len(self.deleted):
            return None
        mask = np.ones(self.n_docs, bool)
        mask[self.deleted] = False
        return mask

    @cached_property
    def lengths(self) -> Array:
        """What each length byte means."""
        return np.array(self.segment.length_bytes, np.float64)

    def units(self, doc: Array, position: Array) -> Array:
        """Return what each token weighs, by the part of its document that it stands in."""
        column = self.segment.documents.column
        weights = self.segment.weights
        in_headline = position < column("summary_at").array()[doc]
        in_summary = position < column("body_at").array()[doc]
        return np.where(in_headline, weights.headline, np.where(in_summary, weights.summary, weights.body))

    def live_length(self) -> int:
        """Return the tokens of all live documents."""
        if not len(self.deleted):
            return self.segment.total_length
        return self.segment.total_length - int(self.segment.exact_lengths()[self.deleted].sum())

    def term(self, field: str, term: str) -> TermList | None:
        """Return the list of a term, None where it is not in this part; it is looked up once."""
        key = (field, term)
        if key not in self._terms:
            if len(self._terms) >= MOST_REMEMBERED:
                self._terms.clear()
            self._terms[key] = self._look_up(field, term)
        return self._terms[key]

    def _look_up(self, field: str, term: str) -> TermList | None:
        families = self.segment.families
        if field == STEMS:
            family = families.of_stem(encode(term))
            return None if family < 0 else TermList(self, family)
        form = families.forms.find(encode(term))
        return None if form < 0 else self.form(form)

    def frequent(self, least: int) -> Frequent:
        """Return the forms that ``least`` documents have, and more that half as many have."""
        bits = least.bit_length() - 1
        if bits not in self._frequent:
            forms, documents = self.segment.families.forms, self.segment.form_documents.all()
            numbers = np.flatnonzero(documents >= 1 << bits)
            terms = forms.many(numbers)
            sizes, ascii = (
                np.array(list(map(len, terms)), np.int64),
                np.array(list(map(bytes.isascii, terms)), bool),
            )
            known = Frequent(numbers, terms, documents[numbers], sizes, forms.letters_at(numbers), ascii)
            self._frequent[bits] = known
        return self._frequent[bits]

    def form(self, form: int) -> TermList:
        """Return the list of a form by its number."""
        families = self.segment.families
        lists = [
            TermList(self, family, number if families.size(family) > 1 else None)
            for family, number in families.of_form(form)
        ]
        return lists[0] if len(lists) == 1 else JoinedList(self, lists)
