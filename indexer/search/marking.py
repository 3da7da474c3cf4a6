"""What is marked in this text?

Where the lists know the places of the matches, the words at those places are marked, and of the text only
these are looked for. Else the query tree that found an article is run over the tokens of its text. A phrase
is marked in one piece. Of a question of place only those words are marked that take part in an answer.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from indexer.analysis.analyzer import Analyzer
from indexer.query.nodes import Query
from indexer.query.placed import Side
from indexer.search.kernels import Array
from indexer.search.mentions import Mentions, mentions
from indexer.search.nearness import Places, joined
from indexer.search.occurrences import TokenTable, occurrences
from indexer.search.part import Part
from indexer.search.places import FAR, NotPlaced, places
from indexer.search.results import Marks, Passage

Stretch = tuple[int, int]  # the first and the last position of a match


class Clauses(NamedTuple):
    """What to mark: ``words``, one tree for each thing the reader typed, and the ``exact`` phrase, if any."""

    words: tuple[Query, ...]
    exact: Query | None = None

    def trees(self) -> tuple[Query, ...]:
        return self.words if self.exact is None else (self.exact, *self.words)


class Located(NamedTuple):
    """Where clauses match in some documents, as the lists know it."""

    sides: list[Mentions]  # the words that take part in answers to questions of place
    words: list[Places] | None  # of each clause; None where the lists do not know of one
    exact: Places

    def stretches(self, count: int) -> list[list[Stretch]] | None:
        """Return all matches in each of ``count`` documents, ascending; None where they are not known."""
        if self.words is None:
            return None
        every = joined([*self.words, self.exact])
        order = np.lexsort((every.last, every.begins()))
        ends = np.searchsorted(every.owner[order], np.arange(count + 1)).tolist()
        pairs = list(zip(every.first[order].tolist(), every.last[order].tolist(), strict=True))
        return [pairs[start:end] for start, end in pairwise(ends)]


def locate(part: Part, docs: Array, clauses: Clauses) -> Located:
    """Return where ``clauses`` match in ``docs``, ascending numbers within ``part``."""
    sides = [mentions(tree, part, docs) if isinstance(tree, Side) else None for tree in clauses.words]
    asked = [one for found in sides if found is not None for one in found]
    try:
        words = [
            places(tree, part, docs) if found is None else joined([one.places for one in found])
            for tree, found in zip(clauses.words, sides, strict=True)
        ]
        exact = [] if clauses.exact is None else [places(clauses.exact, part, docs)]
    except NotPlaced:
        return Located(asked, None, joined([]))
    return Located(asked, words, joined(exact))


class Marker:
    """Marks the text of one article, the ``number``-th of those in which ``sides`` were found.

    ``stretches``: all that is to be marked, where the lists know it.
    """

    def __init__(
        self,
        analyzer: Analyzer,
        clauses: Clauses,
        stretches: Sequence[Stretch] | None = None,
        sides: Sequence[Mentions] = (),
        number: int = 0,
    ) -> None:
        self.analyzer = analyzer
        self.clauses = clauses
        self._stretches = stretches
        self._sides = sides
        self._number = number

    def marks(self, text: str, position: int = 0, end: int = FAR) -> Marks:
        """Return the code-point spans of ``text`` that match, ascending, phrases in one piece.

        ``position`` is that of the first word of the text in its article, ``end`` of the first behind it.
        """
        if not text or not self.clauses.words:
            return ()
        known = None if self._stretches is None else self._at(text, position, end, self._stretches)
        return self._read(text, position) if known is None else known

    def _at(self, text: str, position: int, end: int, stretches: Sequence[Stretch]) -> Marks | None:
        """The spans of the known matches; None where several tokens stand at the place of one."""
        low, high = bisect_left(stretches, (position,)), bisect_left(stretches, (end,))
        if low == high:
            return ()
        wanted = {place for stretch in stretches[low:high] for place in stretch}
        found = self.analyzer.spans(text, position, wanted)
        spans = []
        for first, last in stretches[low:high]:
            if first in found and last in found:
                begin, finish = found[first], found[last]
                if begin is None or finish is None:
                    return None
                spans.append((begin[0], finish[1]))
        return united(spans)

    def _read(self, text: str, position: int) -> Marks:
        table = TokenTable(self.analyzer.tokens(text, position))
        anywhere = [tree for tree in self.clauses.trees() if not isinstance(tree, Side)]
        found = [one for tree in anywhere for one in occurrences(tree, table)]
        for tree, stretches in self._asked:
            found += [one for one in occurrences(tree, table) if (one.first, one.last) in stretches]
        return united((one.start, one.end) for one in found)

    @cached_property
    def _asked(self) -> list[tuple[Query, set[Stretch]]]:
        """The words that may be marked where they take part in an answer, and where that is."""
        mine = [(tree, found.where(found.owner == self._number)) for tree, found in self._sides]
        return [(tree, set(zip(one.first.tolist(), one.last.tolist(), strict=True))) for tree, one in mine]


def markers(docs: Array, clauses: Clauses, analyzer: Analyzer, located: Located) -> list[Marker]:
    """Return what marks the text of each of ``docs``, in which the clauses are ``located``."""
    known = located.stretches(len(docs))
    return [
        Marker(analyzer, clauses, None if known is None else known[number], located.sides, number)
        for number in range(len(docs))
    ]


def united(spans: Iterable[tuple[int, int]]) -> Marks:
    """Join spans that overlap; a word inside a phrase is part of the phrase's mark."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(set(spans)):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def whole(body: str, marker: Marker, position: int, line_at: Callable[[int], int]) -> tuple[Passage, ...]:
    """Return every paragraph of ``body`` with its marks: the article as one reads it.

    ``position`` is that of the body's first word; ``line_at`` gives the line of the file for an offset
    into it.
    """
    from indexer.documents.article import paragraphs  # a search knows sentences, not paragraphs

    marked = marker.marks(body, position)
    exact = _exact_starts(body, marker)
    pieces = []
    for number, (start, end) in enumerate(paragraphs(body), 1):
        inside = tuple(
            (max(a, start) - start, min(b, end) - start) for a, b in marked if a < end and b > start
        )
        is_exact = any(start <= place < end for place in exact)
        pieces.append(Passage(number, line_at(start), body[start:end], inside, is_exact))
    return tuple(pieces)


def _exact_starts(body: str, marker: Marker) -> list[int]:
    exact = marker.clauses.exact
    if exact is None:
        return []
    return [found.start for found in occurrences(exact, TokenTable(marker.analyzer.tokens(body)))]
