"""Which articles match a query tree, and how well?

Runs Whoosh's own matchers over a searcher, segment by segment. Whatever evaluates faster has to give exactly
what this gives.
"""

from itertools import islice
from typing import NamedTuple

from whoosh import query as wq
from whoosh.searching import Searcher

from indexer.errors import QueryError
from indexer.limits import LIMITS, Limits


class Matches(NamedTuple):
    """The matching documents of a snapshot, ascending, and the score of each (0.0 unless asked for)."""

    docs: list[int]
    scores: list[float]


def evaluate(searcher: Searcher, tree: wq.Query, scored: bool = True, limits: Limits = LIMITS) -> Matches:
    """Return every live document that ``tree`` matches.

    Raises QueryError where a wildcard stands for more words than ``limits.expansions``.
    """
    for leaf in tree.leaves():
        if isinstance(leaf, wq.PatternQuery):
            check_expansions(searcher, leaf, limits)
    context = searcher.context() if scored else searcher.boolean_context()
    docs: list[int] = []
    scores: list[float] = []
    for leaf_searcher, offset in searcher.leaf_searchers():
        matcher = tree.matcher(leaf_searcher, context)
        while matcher.is_active():
            docs.append(matcher.id() + offset)
            scores.append(matcher.score() if scored else 0.0)
            matcher.next()
    return Matches(docs, scores)


def check_expansions(searcher: Searcher, leaf: wq.PatternQuery, limits: Limits) -> None:
    """Refuse a wildcard that stands for too many words, before any of their postings is read."""
    words = leaf.expanded_terms(searcher.reader())
    if next(islice(words, limits.expansions, None), None) is not None:
        many = f"more than {limits.expansions:,} different words"
        raise QueryError(f"{leaf.text} stands for {many}. Write more of its letters.")
