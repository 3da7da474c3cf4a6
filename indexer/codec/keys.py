"""How do tokens come into the order of postings?

Tokens arrive in the order of the text; postings are wanted in the order of families, documents, positions.
One plain sort of numbers does it, as everything about a token fits into one number of 63 bits, its *key*:
family, document, position, number of the word, part of the article, from the highest bits to the lowest.
Sorting numbers is several times faster than sorting indexes, and nothing has to be fetched afterwards.

Where giant documents meet giant vocabularies, keys are complex numbers, whose order is that of their real
parts, then of their imaginary ones: family and document, and the rest, either exact up to 2**53.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from indexer.codec.arrays import Array, narrow_type
from indexer.codec.piece import Piece

if TYPE_CHECKING:
    from indexer.codec.articles import TokenArrays
    from indexer.codec.impact import Weights

KEY_BITS = 63
PART_BITS = 2  # body, summary, headline


class Layout(NamedTuple):
    """How many bits of a key each number takes."""

    family: int
    doc: int
    position: int
    number: int

    @classmethod
    def of(cls, n_families: int, n_docs: int, most_position: int, most_number: int) -> Layout:
        """Return the layout for so many families and documents, and these largest numbers."""
        return cls(*(n.bit_length() for n in (n_families, n_docs, most_position, most_number)))

    @property
    def low(self) -> int:
        """How many bits are below the document."""
        return self.position + self.number + PART_BITS

    @property
    def wide(self) -> bool:
        """Whether it takes more than one number."""
        return self.family + self.doc + self.low > KEY_BITS

    def least(self, family: Array) -> Array:
        """Return what no key of each family is below."""
        high = family.astype(np.int64) << self.doc
        return high.astype(np.complex128) if self.wide else high << self.low


class KeyMaker:
    """Makes the keys of tokens. ``family`` and ``number`` are those of each word of the vocabulary."""

    def __init__(self, layout: Layout, family: Array, number: Array) -> None:
        self.layout = layout
        self._high = family.astype(np.int64) << layout.doc
        self._low = number.astype(np.int64) << PART_BITS
        self._whole = self._high << layout.low | self._low  # where it fits

    def keys(self, tokens: TokenArrays, docs: Array) -> Array:
        """Return the keys of the tokens of the documents ``docs``."""
        layout, counts = self.layout, tokens.counts.sum(axis=1)
        low = tokens.position.astype(np.int64)
        low <<= layout.number + PART_BITS
        low |= _parts(tokens.counts)
        if layout.wide:
            low |= self._low[tokens.word]
            wide: Array = (self._high[tokens.word] | np.repeat(docs, counts)) + 1j * low
            return wide
        low |= np.repeat(docs << layout.low, counts)
        low |= self._whole.take(tokens.word, mode="clip")
        return low


def _parts(counts: Array) -> Array:
    """The part of every token: 2 for the headline, 1 for the summary, 0 for the body."""
    return np.repeat(np.tile(np.arange(3)[::-1], len(counts)), counts.ravel())


def postings_of(keys: Array, layout: Layout, weights: Weights) -> Piece:
    """Return the postings of sorted keys. Raises ValueError where a family stands twice at one position."""
    high = keys.real.astype(np.int64) if layout.wide else keys >> layout.low
    low = keys.imag.astype(np.int64) if layout.wide else keys & _mask(layout.low)
    position = (low >> (layout.number + PART_BITS)).astype(np.uint32)
    new = np.ones(len(keys), bool)
    np.not_equal(high[1:], high[:-1], out=new[1:])
    first = np.flatnonzero(new)
    posting = high.take(first)
    del high  # of the most frequent words there are many
    start = np.append(first, len(keys))
    twice = position[1:] == position[:-1]
    twice &= ~new[1:]
    if twice.any():
        at = int(twice.argmax())
        doc = int(posting[np.searchsorted(first, at, side="right") - 1]) & _mask(layout.doc)
        where = f"document {doc}, position {int(position[at])}"
        raise ValueError(f"two tokens of one family stand at one position: {where}")
    number = (low >> PART_BITS).astype(narrow_type(_mask(layout.number)))
    number &= _mask(layout.number)
    return Piece(
        posting >> layout.doc,
        posting & _mask(layout.doc),
        _weights(low, start, weights),
        start,
        position,
        number,
    )


def _weights(low: Array, start: Array, weights: Weights) -> Array:
    """The weight of every posting; nearly all tokens are in the body."""
    part = low & _mask(PART_BITS)
    few = np.flatnonzero(part != 0)
    more = np.array([0, weights.summary - weights.body, weights.headline - weights.body])[part[few]]
    posting = np.searchsorted(start, few, side="right") - 1
    weight = np.diff(start)
    weight *= weights.body
    weight += np.bincount(posting, more, len(weight)).astype(np.int64)
    return weight


def _mask(bits: int) -> int:
    return (1 << bits) - 1
