"""Which live articles of a snapshot match, and how well?

Every tree runs on one segment after the other: as NumPy kernels where every node is known to ``matching``,
else by Whoosh's own matchers over the same segment, slower and with the same answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from math import inf
from typing import TYPE_CHECKING

import numpy as np

from indexer.errors import QueryError
from indexer.limits import LIMITS, Limits
from indexer.query.build import Meaning
from indexer.query.nodes import Pattern, Query, Term
from indexer.search.collector import Matches
from indexer.search.expansion import variants
from indexer.search.kernels import Array, Found, keep, nothing
from indexer.search.matching import Context, NotKnown, live, matches
from indexer.search.part import Part, Window
from indexer.search.statistics import Statistics

if TYPE_CHECKING:
    from whoosh.searching import Searcher

    from indexer.index.reader import Snapshot
    from indexer.query.dates import Period

NOWHERE = np.empty(0, np.int64)


class Evaluator:
    """Runs queries over one snapshot; what it finds out about the collection is kept for the next query."""

    def __init__(self, snapshot: Snapshot, limits: Limits = LIMITS) -> None:
        self.snapshot = snapshot
        self.limits = limits
        self.parts = [
            Part(one.segment, one.base, np.array(one.entry.deleted, np.uint32)) for one in snapshot.segments
        ]
        self.statistics = Statistics(self.parts)
        self.copies: dict[tuple[int, int], bool] = {}  # whether documents are copies, see ``copies``

    def matches(
        self, meaning: Meaning, period: Period | None, scored: bool = True, most: int | None = None
    ) -> list[Matches]:
        """Return what matches within ``period``, part by part; ``most``: only so many scores are needed.

        Raises QueryError where a limit is passed.
        """
        self.allow_time()
        self.check_expansions(meaning.tree)
        found = []
        for part in self.parts:
            window = self._window(part, period)
            best = self._best(part, window, meaning, most) if scored and most else None
            found.append(best or self._matches(part, window, meaning, scored and bool(meaning.clauses)))
        return found

    def count(self, tree: Query, period: Period | None) -> int:
        """Return how many articles within ``period`` match."""
        return sum(len(docs) for _, docs in self.docs(tree, period))

    def docs(self, tree: Query, period: Period | None) -> Iterator[tuple[Part, Array]]:
        """Yield the articles within ``period`` that match, part by part. Raises as ``matches`` does."""
        self.allow_time()
        self.check_expansions(tree)
        for part in self.parts:
            yield part, self.found(tree, part, self._window(part, period), False).docs

    def undated(self, meaning: Meaning) -> int:
        """Return how many undated articles match."""
        self.allow_time()
        windows = [(part, Window(part.segment.n_dated, part.n_docs)) for part in self.parts]
        found = (
            self.found(meaning.tree, part, window, False)
            for part, window in windows
            if window.low < window.high
        )
        return sum(len(one.docs) for one in found)

    def found(self, tree: Query, part: Part, window: Window, scored: bool) -> Found:
        """Return the live documents of ``part`` within ``window`` that ``tree`` matches."""
        if window.low >= window.high:
            return nothing(scored)
        try:
            return live(matches(tree, Context(part, self.statistics, window, scored)), part)
        except NotKnown:
            return self._slowly(tree, part, window, scored)

    def allow_time(self) -> None:
        """Start the time that the next question may take."""
        for part in self.parts:
            part.tally.allow(self.limits.query_seconds)

    def take_time(self) -> None:
        """Let what follows take as long as it needs."""
        for part in self.parts:
            part.tally.allow(inf)

    def check_expansions(self, tree: Query) -> None:
        """Refuse a wildcard that stands for too many words, before any of their postings is read."""
        for leaf in tree.leaves():
            if isinstance(leaf, Pattern):
                most = max((len(variants(leaf, part).forms) for part in self.parts), default=0)
                if most > self.limits.expansions:
                    many = f"{most:,} different words, the limit is {self.limits.expansions:,}"
                    raise QueryError(f"{leaf.text} stands for {many}. Write more of its letters.")

    def _window(self, part: Part, period: Period | None) -> Window:
        if period is None:
            return part.whole
        return Window(*part.segment.documents.between(period.first, period.last))

    def _matches(self, part: Part, window: Window, meaning: Meaning, scored: bool) -> Matches:
        docs, scores = self.found(meaning.tree, part, window, scored)
        exact = NOWHERE
        if meaning.exact is not None and len(docs):
            phrases = self.found(meaning.exact, part, window, False).docs
            index, there = part.ranks.find(docs, phrases)
            exact = index[there]
        return Matches(part, docs, scores, exact, self._scoring(part, meaning) if meaning.clauses else None)

    def _best(self, part: Part, window: Window, meaning: Meaning, most: int) -> Matches | None:
        """What matches a lone term, most of it unscored; None for others, and where that is not cheaper."""
        term = meaning.tree
        if not isinstance(term, Term) or meaning.exact or window != part.whole or len(part.deleted):
            return None
        one = part.term(term.fieldname, term.text)
        if one is None:
            return None
        idf = self.statistics.idf(term.fieldname, term.text) * term.boost
        best = one.best(most, self.statistics, idf)
        if best is None:
            return None
        return Matches(part, one.docs(window)[0], None, NOWHERE, self._scoring(part, meaning), best)

    def _scoring(self, part: Part, meaning: Meaning) -> Callable[[Window], Array]:
        def score(window: Window) -> Array:
            scores = self.found(meaning.tree, part, window, True).scores
            assert scores is not None
            return scores

        return score

    def _slowly(self, tree: Query, part: Part, window: Window, scored: bool) -> Found:
        from indexer.query.whoosh_trees import to_whoosh  # hardly any search asks for it

        searcher, _ = self._searcher.leaf_searchers()[self.parts.index(part)]
        query = to_whoosh(tree)
        docs = np.array(list(query.matcher(searcher, searcher.boolean_context()).all_ids()), np.uint32)
        scores = np.zeros(len(docs)) if scored else None
        if scores is not None:
            matcher = query.matcher(searcher, searcher.context())
            while matcher.is_active():  # a scored union leaves out what scores 0
                scores[np.searchsorted(docs, matcher.id())] = matcher.score()
                matcher.next()
        found = Found(docs, scores)
        return keep(found, (found.docs >= window.low) & (found.docs < window.high))

    @cached_property
    def _searcher(self) -> Searcher:
        """Whoosh's searcher of the snapshot; those of its parts ask it and do not keep it alive."""
        from whoosh.searching import Searcher

        return Searcher(self.snapshot.reader)
