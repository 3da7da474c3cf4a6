"""Which documents of a part hold this term, where, and what is it worth in each?

A stem is a whole family of the codec, a form those tokens of its families that bear its number.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from indexer.codec.arrays import distinct
from indexer.codec.postings import BLOCK, BLOCK_BITS
from indexer.search.kernels import DIGITS, Array, Found, spread

if TYPE_CHECKING:
    from indexer.codec.postings import Tokens
    from indexer.search.part import Part, Window
    from indexer.search.statistics import Statistics

MOST_LISTS, MOST_TOKENS = 8, 1 << 18  # whose tokens are kept, and how many of each: 25 MB at most
FEWEST_BLOCKS = 48  # of a list from which on bounds of blocks are looked at
FIRST_BLOCKS = 8  # whose postings are scored in any case
ROUNDED = 1 + 2.0**-22  # bounds are kept in four bytes
HEAVY = 0xFF00  # codes from here on do not say the weight
POSITION_BITS = 32  # of a key: the document or its place above them, the position in them


class Occurrences(NamedTuple):
    """Tokens of some postings: the index of the posting each belongs to, ascending, and its position."""

    owner: Array
    position: Array


class TermList:
    """A term in a part: the postings of ``family``, or of them only what bears ``number``."""

    def __init__(self, part: Part, family: int, number: int | None = None) -> None:
        self.part = part
        self.family = family
        self.number = number
        self.start, self.stop = part.segment.postings.span(family, family + 1)

    def __len__(self) -> int:
        """Return the length of the family's list: an upper bound for a form."""
        return self.stop - self.start

    @cached_property
    def _docs(self) -> Array:
        """All documents of the family: a view of the file, whose bounds are checked once."""
        return self.part.segment.postings.docs(self.family)

    def docs(self, window: Window) -> tuple[Array, int]:
        """Return the family's documents within ``window``, and the index of the first among all of them."""
        docs = self._docs
        low, high = 0, len(docs)
        if window != self.part.whole:
            low, high = _place(docs, window.low), _place(docs, window.high)
        self.part.tally.add(lists=1, postings=high - low)
        return docs[low:high], low

    def occurrences(self, which: Array) -> Occurrences:
        """Return the term's tokens in the postings ``which`` (ascending, counted within the family).

        Positions are u2 where none is beyond ``positions.PAGE``.
        """
        tokens, place = self._tokens_of(which)
        position, number = tokens.position, tokens.number
        if len(place) == len(tokens.starts) - 1:  # all of them
            owner = np.repeat(np.arange(len(place)), np.diff(tokens.starts))
        else:
            starts = tokens.starts[place]
            index, owner = spread(starts, tokens.starts[place + 1] - starts)
            position, number = position.take(index), None if number is None else number.take(index)
        self.part.tally.add(tokens=len(position))
        if self.number is not None and number is not None:
            mine = np.flatnonzero(number == self.number)
            owner, position = owner.take(mine), position.take(mine)
        return Occurrences(owner, position)

    def _tokens_of(self, which: Array) -> tuple[Tokens, Array]:
        """Tokens of postings ``which`` and perhaps others, and where they are among those.

        Of a list that was read whole a moment ago, to find a phrase, a few are wanted again, to show it.
        """
        remembered, key = self.part.tokens, (self.family, self.number is not None)
        known = remembered.get(key)
        if known is not None:
            return known, which
        tokens, place = self.part.segment.postings.tokens_of(self.family, which, self.number is not None)
        if len(tokens.starts) - 1 == len(self) and len(tokens.position) <= MOST_TOKENS:
            if len(remembered) >= MOST_LISTS:
                del remembered[next(iter(remembered))]
            remembered[key] = tokens
        return tokens, place

    def found(self, window: Window, statistics: Statistics, idf: float | None) -> Found:
        """Return the documents that hold the term, scored by ``idf`` times impact (None: not scored)."""
        docs, first = self.docs(window)
        if self.number is None:
            return Found(docs, None if idf is None else idf * self._impacts(first, len(docs), statistics))
        which = np.arange(first, first + len(docs))
        found = self.occurrences(which)
        holders = distinct(found.owner)
        if idf is None:
            return Found(docs[holders], None)
        weight = self.weights(docs, found, holders)
        return Found(docs[holders], idf * self.exact_impacts(which[holders], weight, statistics))

    def best(self, most: int, statistics: Statistics, idf: float) -> tuple[Array, Array] | None:
        """Return the indexes of postings of which the ``most`` best are some, ascending, and their scores.

        Block maxima: of the blocks with the highest bounds all postings are scored, then of every other whose
        bound reaches the lowest score wanted (Ding & Suel, "Faster Top-k Document Retrieval Using Block-Max
        Indexes", 2011). None where most blocks would have to be looked at.
        """
        written, segment = self.part.segment.impact, self.part.segment
        if self.number is not None or len(self) < FEWEST_BLOCKS * BLOCK or most > FIRST_BLOCKS * BLOCK // 2:
            return None
        blocks = segment.postings.blocks(self.family)
        if (
            blocks is None
            or not written["average"]
            or (written["k1"], written["b"]) != (statistics.k1, statistics.b)
        ):
            return None
        # Where articles have become longer on average, a posting is worth more than when it was written.
        bound = blocks.impact * (idf * ROUNDED * max(1.0, statistics.average / written["average"]))
        highest = np.sort(np.argpartition(bound, len(bound) - FIRST_BLOCKS)[-FIRST_BLOCKS:])
        scores = idf * self.impacts_at(self._in_blocks(highest), statistics)
        least = np.partition(scores, len(scores) - most)[len(scores) - most]
        chosen = np.flatnonzero(bound >= least - 10.0**-DIGITS)
        if len(chosen) > len(bound) // 2:
            return None
        which = self._in_blocks(chosen)
        self.part.tally.add(lists=1, postings=len(which))
        return which, idf * self.impacts_at(which, statistics)

    def _in_blocks(self, blocks: Array) -> Array:
        """The postings of ``blocks``, ascending."""
        which = ((blocks << BLOCK_BITS)[:, None] + np.arange(BLOCK)).ravel()
        return which[: np.searchsorted(which, len(self))]

    def weights(self, docs: Array, found: Occurrences, holders: Array) -> Array:
        """Return the weight, in units, of the occurrences ``found`` in some of ``docs``.

        ``holders``: the indexes of those among ``docs``, ascending.
        """
        low = np.searchsorted(found.owner, holders)
        index, owner = spread(low, np.searchsorted(found.owner, holders, side="right") - low)
        unit = self.part.units(docs.take(holders.take(owner)), found.position.take(index))
        return np.bincount(owner, weights=unit, minlength=len(holders))

    def impacts_in(
        self, docs: Array, which: Array, found: Occurrences, holders: Array, statistics: Statistics
    ) -> Array:
        """Return the impacts in those of ``docs`` at ``holders``.

        Their postings are ``which``, the occurrences of the term in all of them are ``found``.
        """
        if self.number is None:  # the posting says it
            return self.impacts_at(which.take(holders), statistics)
        return self.exact_impacts(which.take(holders), self.weights(docs, found, holders), statistics)

    def exact_impacts(self, which: Array, weight: Array, statistics: Statistics) -> Array:
        """Return the impacts of postings ``which`` for weights that are not those of the family."""
        return statistics.exact_impacts(self.part, weight, self.length_bytes(which))

    def length_bytes(self, which: Array) -> Array:
        """Return the length bytes of postings ``which``."""
        return self.part.segment.postings.codes(self.family).take(which) & np.uint16(0xFF)

    def holders(self) -> Array:
        """Return the indexes of the postings that hold the term, deleted documents included."""
        every = np.arange(len(self))
        return every if self.number is None else distinct(self.occurrences(every).owner)

    def live_df(self) -> int:
        """Return in how many live documents the term is."""
        if not len(self.part.deleted):
            return self._df()
        docs, _ = self.docs(self.part.whole)
        index, there = self.part.ranks.find(docs, self.part.deleted)
        gone = np.sort(index[there])
        if self.number is not None:
            gone = distinct(self.occurrences(gone).owner)
        return self._df() - len(gone)

    def _df(self) -> int:
        if self.number is None:
            return len(self)
        form = self.part.segment.families.members(self.family)[self.number]
        return self.part.segment.form_counts(form)[0]

    def impacts_at(self, which: Array, statistics: Statistics) -> Array:
        """Return the impacts of postings ``which``, ascending, by the family's weights."""
        postings = self.part.segment.postings
        codes = postings.codes(self.family).take(which)
        result = statistics.impacts(self.part, codes)
        if codes.max(initial=0) >= HEAVY:
            heavy, weight = postings.heavy(self.family)
            at = np.searchsorted(which, heavy)
            there = at < len(which)
            there[there] = which[at[there]] == heavy[there]
            at = at[there]
            result[at] = statistics.exact_impacts(self.part, weight[there], codes[at] & np.uint16(0xFF))
        return result

    def _impacts(self, first: int, count: int, statistics: Statistics) -> Array:
        postings = self.part.segment.postings
        codes = postings.codes_between(self.start + first, self.start + first + count)
        result = statistics.impacts(self.part, codes)
        if codes.max(initial=0) >= HEAVY:
            heavy, weight = postings.heavy(self.family)
            inside = (heavy >= first) & (heavy < first + count)
            at = heavy[inside] - first
            result[at] = statistics.exact_impacts(self.part, weight[inside], codes[at] & np.uint16(0xFF))
        return result


class JoinedList(TermList):
    """A form that belongs to several stems: its lists as one, read whole. Rare."""

    def __init__(self, part: Part, lists: list[TermList]) -> None:
        self.part = part
        self.number = 0
        keys, docs, lengths = [], [], []
        for one in lists:
            every, _ = one.docs(part.whole)
            found = one.occurrences(np.arange(len(one)))
            keys.append(every[found.owner].astype(np.int64) << POSITION_BITS | found.position)
            docs.append(every)
            lengths.append(one.length_bytes(np.arange(len(one))))
        key = np.sort(np.concatenate(keys))
        self._position = key & ((1 << POSITION_BITS) - 1)
        self._docs, first, counts = np.unique(key >> POSITION_BITS, return_index=True, return_counts=True)
        self._first, self._counts = first, counts
        known, index = np.unique(np.concatenate(docs), return_index=True)
        self._lengths = np.concatenate(lengths)[index][np.searchsorted(known, self._docs)]

    def __len__(self) -> int:
        return len(self._docs)

    def docs(self, window: Window) -> tuple[Array, int]:
        low, high = _place(self._docs, window.low), _place(self._docs, window.high)
        inside: Array = self._docs[low:high].astype(np.uint32)
        return inside, low

    def occurrences(self, which: Array) -> Occurrences:
        index, owner = spread(self._first[which], self._counts[which])
        return Occurrences(owner, self._position[index])

    def length_bytes(self, which: Array) -> Array:
        lengths: Array = self._lengths[which]
        return lengths

    def _df(self) -> int:
        return len(self._docs)


def _place(docs: Array, doc: int) -> int:
    """Return how many of ``docs`` are below ``doc``. A needle of another type would convert the list."""
    if not len(docs) or doc > int(docs[-1]):
        return len(docs)
    return int(np.searchsorted(docs, docs.dtype.type(doc)))
