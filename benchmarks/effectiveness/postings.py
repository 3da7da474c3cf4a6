"""In which documents, how often and where does a term occur?

An exact index of one collection in memory, made for trying many ranking models on it: everything that
does not depend on the model is found once. Documents are numbered in file order.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks.effectiveness.analyses import Analysis
from benchmarks.effectiveness.collections import Document

BODY = 1 << 10  # position of the first word of a body; headlines are shorter
STRIDE = 1 << 20  # positions that a document may take

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class Postings(NamedTuple):
    """The documents of a term, ascending, and how often it occurs in the headline and body of each."""

    docs: Ints
    headline: Floats
    body: Floats


class Field:
    """All occurrences of the terms of one field; a *place* is document * STRIDE + position."""

    def __init__(self, occurrences: Iterable[tuple[str, int]], n_docs: int) -> None:
        """Occurrences are (term, place)."""
        self._numbers: dict[str, int] = {}
        pairs = [(self._numbers.setdefault(term, len(self._numbers)), place) for term, place in occurrences]
        terms, places = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
        order = np.lexsort((places, terms))
        self._places = places[order]
        self._starts = np.searchsorted(terms[order], np.arange(len(self._numbers) + 1))
        self._known: dict[tuple[str | int, ...], Postings] = {}
        self.n_docs = n_docs
        total = _counted(self._places)
        self.headline_lengths = _spread(total.docs, total.headline, n_docs)
        self.body_lengths = _spread(total.docs, total.body, n_docs)
        self.n_texts = len(total.docs)  # documents without a word are none to the product

    def terms(self) -> Iterable[str]:
        """Every term, in no order."""
        return self._numbers.keys()

    def places(self, term: str) -> Ints:
        """Where a term occurs, ascending."""
        number = self._numbers.get(term)
        if number is None:
            return np.zeros(0, dtype=np.int64)
        return self._places[self._starts[number] : self._starts[number + 1]]

    def postings(self, term: str) -> Postings:
        """The postings of a term; empty arrays for an unknown one."""
        return self._remembered(("", term), lambda: self.places(term))

    def close(self, first: str, second: str, window: int) -> Postings:
        """The postings of `first` where `second` stands at most `window` words away, in either order."""

        def places() -> Ints:
            firsts = self.places(first)
            return firsts[_near(firsts, self.places(second), window)]

        return self._remembered(("close", first, second, window), places)

    def row(self, terms: tuple[str, ...]) -> Postings:
        """The postings of terms that follow one another."""

        def places() -> Ints:
            firsts = self.places(terms[0])
            for step, term in enumerate(terms[1:], 1):
                firsts = firsts[np.isin(firsts + step, self.places(term))]
            return firsts

        return self._remembered(("row", *terms), places)

    def _remembered(self, key: tuple[str | int, ...], places: Callable[[], Ints]) -> Postings:
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = _counted(places())
        return known


class Index(NamedTuple):
    """One collection under one analysis: the fields `text` and `text_exact`."""

    stems: Field
    forms: Field


def build(documents: Iterable[Document], analysis: Analysis) -> Index:
    """Analyse every document once."""
    stems: list[tuple[str, int]] = []
    forms: list[tuple[str, int]] = []
    n_docs = 0
    for number, document in enumerate(documents):
        n_docs += 1
        for start, text in ((0, document.headline), (BODY, document.body)):
            base = number * STRIDE + start
            tokens = analysis.tokens(text)
            stems += dict.fromkeys((token.stem, base + token.position) for token in tokens if token.stem)
            forms += dict.fromkeys((token.form, base + token.position) for token in tokens if token.form)
    return Index(Field(stems, n_docs), Field(forms, n_docs))


def _near(places: Ints, others: Ints, window: int) -> NDArray[np.bool_]:
    """For each place, whether one of `others` is within `window` of it but not on it."""
    after = np.searchsorted(others, places + window, "right") > np.searchsorted(others, places, "right")
    before = np.searchsorted(others, places, "left") > np.searchsorted(others, places - window, "left")
    return after | before


def _counted(places: Ints) -> Postings:
    docs, inverse = np.unique(places // STRIDE, return_inverse=True)
    in_body = np.asarray(places % STRIDE >= BODY, dtype=np.float64)
    body = np.bincount(inverse, weights=in_body, minlength=len(docs))
    headline = np.bincount(inverse, weights=1 - in_body, minlength=len(docs))
    return Postings(docs, np.asarray(headline, np.float64), np.asarray(body, np.float64))


def _spread(docs: Ints, values: Floats, n_docs: int) -> Floats:
    spread = np.zeros(n_docs)
    spread[docs] = values
    return spread
