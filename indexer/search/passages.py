"""Which sentences show why this article matched?

Whole sentences of the body, taken greedily: first those that hold the exact phrase, then whichever adds most
query words not yet shown, then the one with most matches, then the earliest. They are handed back in the
order of the text. Where the lists know the positions of a match, the sentence table leads from them to the
sentences, and only the text of those is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from whoosh import query as wq

from indexer.query.nodes import Side
from indexer.search.kernels import Array
from indexer.search.marking import Clauses, Marker
from indexer.search.mentions import all_places, mentions
from indexer.search.nearness import Places, joined
from indexer.search.occurrences import Occurrence, TokenTable, occurrences
from indexer.search.part import Part
from indexer.search.places import NotPlaced, places
from indexer.search.results import Passage


@dataclass(slots=True)
class Candidate:
    """A run of sentences, nearly always one, that holds matches."""

    first: int
    last: int
    matches: int = 0
    covered: set[int] = field(default_factory=set)
    exact: bool = False


class Sentences:
    """The sentences of one article, and where they are in its text."""

    def __init__(self, part: Part, doc: int) -> None:
        column = part.segment.documents.column
        _, self.position, self.offset, self.opens = part.segment.sentences.between(doc, doc + 1)
        self._part, self._doc = part, doc
        self.body = column("headline")[doc] + column("summary")[doc]
        self.end = self.body + column("body")[doc]
        self.first = int(np.searchsorted(self.offset, np.uint32(self.body)))  # of the body
        self._line, self._body_line = column("line")[doc], column("body_line")[doc]

    def holding(self, found: Places, owner: int) -> tuple[Array, Array]:
        """Return the first and the last sentence of each match that belongs to ``owner``."""
        mine = found.owner == owner
        position = self.position.astype(np.int64)
        first = np.searchsorted(position, found.first[mine], side="right") - 1
        return first, np.searchsorted(position, found.last[mine], side="right") - 1

    def holding_text(self, found: Sequence[Occurrence]) -> tuple[Array, Array]:
        """Return the same for matches in the text of the body."""
        offset = self.offset.astype(np.int64) - self.body
        first = np.searchsorted(offset, np.array([one.start for one in found], np.int64), side="right") - 1
        last = np.searchsorted(offset, np.array([one.end - 1 for one in found], np.int64), side="right") - 1
        return first, last

    def passage(self, candidate: Candidate, marker: Marker) -> Passage:
        """Return the candidate's text with its marks."""
        start = int(self.offset[candidate.first])
        after = candidate.last + 1
        stop = int(self.offset[after]) if after < len(self.offset) else self.end
        text = self._part.segment.slice(self._doc, start, stop).rstrip()
        paragraph = int(self.opens[self.first : candidate.first + 1].sum())
        marked = marker.marks(text, int(self.position[candidate.first]))
        return Passage(paragraph, self.line(start), text, marked, candidate.exact)

    def line(self, offset: int) -> int:
        """Return the line of the file for an offset in the stored text."""
        if self._line == self._body_line:  # a record of a many-article file stands on one line
            return self._line
        return self._body_line + self._part.segment.slice(self._doc, self.body, offset).count("\n")


def passages(
    part: Part, docs: Array, clauses: Clauses, markers: Sequence[Marker], wanted: int | None
) -> list[tuple[Passage, ...]]:
    """Return up to ``wanted`` passages (None: all) of each of ``docs``, ascending numbers within ``part``.

    ``markers`` mark the text of each.
    """
    if wanted == 0 or not clauses.words or not len(docs):
        return [()] * len(docs)
    try:
        words = [_shown_by(tree, part, docs) for tree in clauses.words]
        exact = joined([] if clauses.exact is None else [places(clauses.exact, part, docs)])
    except NotPlaced:
        pairs = zip(docs.tolist(), markers, strict=True)
        return [_from_text(part, doc, clauses, marker, wanted) for doc, marker in pairs]
    found = []
    for number, (doc, marker) in enumerate(zip(docs.tolist(), markers, strict=True)):
        article = Sentences(part, doc)
        candidates = _candidates(
            article, [article.holding(one, number) for one in words], article.holding(exact, number)
        )
        found.append(_shown(article, candidates, marker, wanted))
    return found


def _shown_by(tree: wq.Query, part: Part, docs: Array) -> Places:
    return all_places(mentions(tree, part, docs)) if isinstance(tree, Side) else places(tree, part, docs)


def _candidates(
    article: Sentences, words: Sequence[tuple[Array, Array]], exact: tuple[Array, Array]
) -> list[Candidate]:
    """Return the candidates, ascending; a match that reaches into the next sentence takes it along."""
    found: dict[int, Candidate] = {}
    for clause, (first, last) in enumerate([*words, exact]):
        for start, stop in zip(first.tolist(), last.tolist(), strict=True):
            if start < article.first:
                continue
            candidate = found.setdefault(start, Candidate(start, stop))
            candidate.last = max(candidate.last, stop)
            candidate.matches += 1
            if clause == len(words):
                candidate.exact = True
            else:
                candidate.covered.add(clause)
    return list(_apart([found[start] for start in sorted(found)]))


def _apart(candidates: list[Candidate]) -> Iterator[Candidate]:
    """Join candidates that share a sentence."""
    before: Candidate | None = None
    for candidate in candidates:
        if before is not None and candidate.first <= before.last:
            before.last = max(before.last, candidate.last)
            before.matches += candidate.matches
            before.covered |= candidate.covered
            before.exact |= candidate.exact
            continue
        if before is not None:
            yield before
        before = candidate
    if before is not None:
        yield before


def _shown(
    article: Sentences, candidates: list[Candidate], marker: Marker, wanted: int | None
) -> tuple[Passage, ...]:
    chosen = candidates if wanted is None else _choose(candidates, wanted)
    return tuple(article.passage(candidate, marker) for candidate in chosen)


def _choose(candidates: list[Candidate], wanted: int) -> list[Candidate]:
    chosen: list[Candidate] = []
    shown: set[int] = set()
    left = list(candidates)
    while left and len(chosen) < wanted:
        best = max(left, key=lambda one: _worth(one, shown))
        left.remove(best)
        chosen.append(best)
        shown |= best.covered
    return sorted(chosen, key=lambda one: one.first)


def _worth(candidate: Candidate, shown: set[int]) -> tuple[bool, int, int, int, int]:
    new = len(candidate.covered - shown)
    return candidate.exact, new, len(candidate.covered), candidate.matches, -candidate.first


def _from_text(
    part: Part, doc: int, clauses: Clauses, marker: Marker, wanted: int | None
) -> tuple[Passage, ...]:
    """Return passages where the lists do not know the positions: the whole article is analysed again."""
    article = Sentences(part, doc)
    text = part.segment.slice(doc, 0, article.end)
    table = TokenTable(marker.analyzer.tokens(text[article.body :]))
    words = [article.holding_text(occurrences(tree, table)) for tree in clauses.words]
    exact = article.holding_text([] if clauses.exact is None else occurrences(clauses.exact, table))
    candidates = _candidates(article, words, exact)
    return _shown(article, candidates, marker, wanted)
