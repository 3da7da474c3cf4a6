"""What is marked in this text?

The query tree that found an article is run over the tokens of a text; what matches is marked, a phrase in
one piece. Of a question of place only those words are marked that the lists know to take part in an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from whoosh import query as wq

from indexer.analysis.analyzer import Analyzer
from indexer.documents.article import paragraphs
from indexer.query.nodes import Side
from indexer.search.kernels import Array
from indexer.search.mentions import mentions
from indexer.search.nearness import Places
from indexer.search.occurrences import Occurrence, TokenTable, occurrences
from indexer.search.part import Part
from indexer.search.results import Marks, Passage

Stretches = frozenset[tuple[int, int]]


class Clauses(NamedTuple):
    """What to mark: ``words``, one tree for each thing the reader typed, and the ``exact`` phrase, if any."""

    words: tuple[wq.Query, ...]
    exact: wq.Query | None = None

    def trees(self) -> tuple[wq.Query, ...]:
        return self.words if self.exact is None else (self.exact, *self.words)


class Marker:
    """Marks the text of one article: ``anywhere`` what matches, ``placed`` what stands there."""

    def __init__(
        self,
        analyzer: Analyzer,
        anywhere: Sequence[wq.Query],
        placed: Sequence[tuple[wq.Query, Stretches]] = (),
        exact: wq.Query | None = None,
    ) -> None:
        self.analyzer = analyzer
        self.anywhere = anywhere
        self.placed = placed
        self.exact = exact

    def marks(self, text: str, position: int = 0) -> Marks:
        """Return the code-point spans of ``text`` that match, ascending, phrases in one piece.

        ``position`` is that of the first word of the text in its article.
        """
        if not text or not (self.anywhere or self.placed):
            return ()
        table = TokenTable(self.analyzer.tokens(text, position))
        found = [one for tree in self.anywhere for one in occurrences(tree, table)]
        for tree, stretches in self.placed:
            found += [one for one in occurrences(tree, table) if (one.first, one.last) in stretches]
        return spans(found)


def markers(part: Part, docs: Array, clauses: Clauses, analyzer: Analyzer) -> list[Marker]:
    """Return what marks the text of each of ``docs``, ascending numbers within ``part``."""
    anywhere = [tree for tree in clauses.trees() if not isinstance(tree, Side)]
    asked = [tree for tree in clauses.words if isinstance(tree, Side)]
    if not asked:
        return [Marker(analyzer, anywhere, exact=clauses.exact)] * len(docs)
    found = [one for tree in asked for one in mentions(tree, part, docs)]
    return [
        Marker(
            analyzer,
            anywhere,
            [(tree, _stretches(places.where(places.owner == number))) for tree, places in found],
            clauses.exact,
        )
        for number in range(len(docs))
    ]


def _stretches(found: Places) -> Stretches:
    return frozenset(zip(found.first.tolist(), found.last.tolist(), strict=True))


def spans(found: Sequence[Occurrence]) -> Marks:
    """Join occurrences that overlap; a word inside a phrase is part of the phrase's mark."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted({(occurrence.start, occurrence.end) for occurrence in found}):
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
    if marker.exact is None:
        return []
    return [found.start for found in occurrences(marker.exact, TokenTable(marker.analyzer.tokens(body)))]
