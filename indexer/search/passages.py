"""Which sentences show why this article matched?

Whole sentences of the body, taken greedily: first those that hold the exact phrase, then whichever adds most
query words not yet shown, then the one with most matches, then the earliest. They are handed back in the
order of the text. Where the lists know the positions of a match, the sentence table leads from them to the
sentences of all articles together, and only the text of those chosen is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from itertools import pairwise
from operator import or_
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from indexer.codec.arrays import offsets
from indexer.search.kernels import Array
from indexer.search.marking import Clauses, Located, Marker
from indexer.search.nearness import POSITION_BITS, Places
from indexer.search.occurrences import Occurrence, TokenTable, occurrences
from indexer.search.part import Part
from indexer.search.places import FAR
from indexer.search.results import Passage

if TYPE_CHECKING:
    from indexer.codec.segment import Row

WORD_BITS = 62  # of a plain array of bits; of more words the bits are Python's numbers

Sentences = tuple[Array, Array]
"""The first and the last sentence of each match, as numbers within a ``Table``."""


class Candidate(NamedTuple):
    """A run of sentences, nearly always one, that holds matches; ``covered``: a bit for each clause."""

    first: int
    last: int
    matches: int
    covered: int
    exact: bool


class Table:
    """The sentences of some articles, one after the other, and where they are in their texts."""

    def __init__(self, part: Part, docs: Array, rows: Sequence[Row]) -> None:
        self.text, self.rows = part.segment.text, rows
        self.first, self.position, self.offset, opens = part.segment.sentences.of_docs(docs)
        self.article = np.repeat(np.arange(len(docs)), np.diff(self.first))
        self.keys = (self.article << POSITION_BITS) + self.position
        self.body = np.array([row.headline + row.summary for row in rows], np.int64)
        self.end = self.body + np.array([row.body for row in rows], np.int64)
        before = np.bincount(self.article[self.offset < self.body[self.article]], minlength=len(docs))
        self.first_of_body = self.first[:-1] + before
        self.opened = offsets(opens)

    def holding(self, found: Places) -> Sentences:
        """Return the sentences of matches."""
        first = np.searchsorted(self.keys, found.begins(), side="right") - 1
        first[first < self.first[found.owner]] = -1  # before the first sentence of its article
        return first, np.searchsorted(self.keys, found.ends(), side="right") - 1

    def holding_text(self, article: int, found: Sequence[Occurrence]) -> Sentences:
        """Return the same for matches in the text of the body of one article."""
        low, high = self.first[article : article + 2]
        offset = self.offset[low:high] - self.body[article]
        first = np.searchsorted(offset, np.array([one.start for one in found], np.int64), side="right") - 1
        last = np.searchsorted(offset, np.array([one.end - 1 for one in found], np.int64), side="right") - 1
        return first + low, last + low

    def passages(self, chosen: Sequence[Candidate], markers: Sequence[Marker]) -> list[list[Passage]]:
        """Return the passages of each article; those ``chosen`` ascend."""
        shown: list[list[Passage]] = [[] for _ in self.rows]
        first = np.array([one.first for one in chosen], np.int64)
        after = np.array([one.last for one in chosen], np.int64) + 1
        article = self.article[first]
        ends_article = after == self.first[article + 1]
        np.minimum(after, len(self.offset) - 1, out=after)
        stop = np.where(ends_article, self.end[article], self.offset[after])
        behind = np.where(ends_article, FAR, self.position[after])
        paragraph = self.opened[first + 1] - self.opened[self.first_of_body[article]]
        columns = article, paragraph, self.offset[first], stop, self.position[first], behind
        rows = zip(chosen, *(column.tolist() for column in columns), strict=True)
        for one, number, opened, begin, end, position, far in rows:
            text = self.slice(number, begin, end).rstrip()
            marks = markers[number].marks(text, position, far)
            passage = Passage(opened, self._line(number, begin), text, marks, one.exact)
            shown[number].append(passage)
        return shown

    def _line(self, article: int, offset: int) -> int:
        """The line of the file for an offset in the stored text."""
        row = self.rows[article]
        if row.line == row.body_line:  # a record of a many-article file stands on one line
            return row.line
        return row.body_line + self.slice(article, row.headline + row.summary, offset).count("\n")

    def slice(self, article: int, start: int, stop: int) -> str:
        """Return characters ``start`` to ``stop`` of the stored text of an article."""
        first = self.rows[article].text
        return self.text.read(first + start, first + stop)


def passages(
    part: Part,
    docs: Array,
    rows: Sequence[Row],
    clauses: Clauses,
    markers: Sequence[Marker],
    located: Located,
    wanted: int | None,
) -> list[tuple[Passage, ...]]:
    """Return up to ``wanted`` passages (None: all) of each of ``docs``, ascending numbers within ``part``.

    ``rows`` say more about each, ``markers`` mark its text; ``located`` says where the clauses match.
    """
    if wanted == 0 or not clauses.words or not len(docs):
        return [()] * len(docs)
    table = Table(part, docs, rows)
    if located.words is None:
        found = [
            candidates(table, *_read(table, number, clauses, marker)) for number, marker in enumerate(markers)
        ]
        several = [one for some in found for one in some]
    else:
        words = [table.holding(one) for one in located.words]
        several = candidates(table, words, table.holding(located.exact))
    starts = np.searchsorted([one.first for one in several], table.first).tolist()
    chosen = [one for low, high in pairwise(starts) for one in choose(several[low:high], wanted)]
    return list(map(tuple, table.passages(chosen, markers)))


def _read(table: Table, article: int, clauses: Clauses, marker: Marker) -> tuple[list[Sentences], Sentences]:
    """The sentences of matches that the lists do not know: the body is analysed again."""
    text = table.slice(article, int(table.body[article]), int(table.end[article]))
    tokens = TokenTable(marker.analyzer.tokens(text))
    words = [table.holding_text(article, occurrences(tree, tokens)) for tree in clauses.words]
    exact = [] if clauses.exact is None else occurrences(clauses.exact, tokens)
    return words, table.holding_text(article, exact)


def candidates(table: Table, words: Sequence[Sentences], exact: Sentences) -> list[Candidate]:
    """Return the candidates, ascending. Matches that share a sentence are in one of them."""
    every = [*words, exact]
    first, last = (np.concatenate([one[side] for one in every]) for side in (0, 1))
    bits = np.array([1 << clause for clause in range(len(every))], object if len(words) > WORD_BITS else "i8")
    bit = np.repeat(bits, [len(one[0]) for one in every])
    inside = first >= table.first_of_body[table.article[first]]
    order = np.flatnonzero(inside)[np.argsort(first[inside], kind="stable")]
    first, last, bit = first[order], np.maximum.accumulate(last[order]), bit[order]
    new = np.ones(len(first), bool)
    new[1:] = first[1:] > last[:-1]
    starts = np.flatnonzero(new)
    if not len(starts):
        return []
    ends = np.append(starts[1:], len(first))
    covered = np.bitwise_or.reduceat(bit, starts).tolist()
    columns = first[starts].tolist(), last[ends - 1].tolist(), (ends - starts).tolist()
    is_exact = 1 << len(words)
    return [
        Candidate(first, last, matches, clauses & (is_exact - 1), clauses >= is_exact)
        for first, last, matches, clauses in zip(*columns, covered, strict=True)
    ]


def choose(found: list[Candidate], wanted: int | None) -> list[Candidate]:
    """Return the ``wanted`` (None: all) of the candidates of one article that show most, ascending."""
    if wanted is None or len(found) <= wanted:
        return found
    left = sorted(found, key=_worth, reverse=True)
    chosen: list[Candidate] = []
    unseen = reduce(or_, (one.covered for one in found))
    while len(chosen) < wanted:
        best = left[0]
        if chosen and unseen:  # what shows something new comes before what is worth more by itself
            best = max(left, key=lambda one: (one.exact, (one.covered & unseen).bit_count()))
        left.remove(best)
        chosen.append(best)
        unseen &= ~best.covered
    return sorted(chosen)


def _worth(candidate: Candidate) -> tuple[bool, int, int, int]:
    return candidate.exact, candidate.covered.bit_count(), candidate.matches, -candidate.first
