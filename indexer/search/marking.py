"""What is marked in this text?

The query tree that found an article is run over the tokens of a text; what matches is marked, a phrase in
one piece.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from whoosh import query as wq

from indexer.analysis.analyzer import Analyzer
from indexer.documents.article import paragraphs
from indexer.search.occurrences import Occurrence, TokenTable, occurrences
from indexer.search.results import Marks, Passage


class Clauses(NamedTuple):
    """What to mark: ``words``, one tree for each thing the reader typed, and the ``exact`` phrase, if any."""

    words: tuple[wq.Query, ...]
    exact: wq.Query | None = None

    def trees(self) -> tuple[wq.Query, ...]:
        return self.words if self.exact is None else (self.exact, *self.words)


def marks(text: str, clauses: Clauses, analyzer: Analyzer) -> Marks:
    """Return the code-point spans of ``text`` that match, ascending, phrases in one piece."""
    if not text or not clauses.words:
        return ()
    table = TokenTable(analyzer.tokens(text))
    return spans([found for tree in clauses.trees() for found in occurrences(tree, table)])


def spans(found: Sequence[Occurrence]) -> Marks:
    """Join occurrences that overlap; a word inside a phrase is part of the phrase's mark."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted({(occurrence.start, occurrence.end) for occurrence in found}):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def whole(
    body: str, clauses: Clauses, analyzer: Analyzer, line_at: Callable[[int], int]
) -> tuple[Passage, ...]:
    """Return every paragraph of ``body`` with its marks: the article as one reads it.

    ``line_at`` gives the line of the file for an offset into the body.
    """
    marked = marks(body, clauses, analyzer)
    exact = _exact_starts(body, clauses, analyzer)
    pieces = []
    for number, (start, end) in enumerate(paragraphs(body), 1):
        inside = tuple(
            (max(a, start) - start, min(b, end) - start) for a, b in marked if a < end and b > start
        )
        is_exact = any(start <= place < end for place in exact)
        pieces.append(Passage(number, line_at(start), body[start:end], inside, is_exact))
    return tuple(pieces)


def _exact_starts(body: str, clauses: Clauses, analyzer: Analyzer) -> list[int]:
    if clauses.exact is None:
        return []
    return [found.start for found in occurrences(clauses.exact, TokenTable(analyzer.tokens(body)))]
