"""Which documents of a segment does a query tree match, and how well?

``matches`` is a ``singledispatch`` over the nodes of a query; each runs as a few NumPy kernels over the
lists of the segment. Scores are BM25 summed over the terms of a node, as Whoosh sums them. A node that is
Whoosh's alone raises ``NotKnown``; the caller then runs Whoosh's own matcher over the same segment.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import singledispatch
from typing import NamedTuple

import numpy as np

from indexer.codec.arrays import distinct
from indexer.codec.positions import PAGE, PAGE_BITS
from indexer.query.keywords import Keyword
from indexer.query.nodes import (
    And,
    AndNot,
    Every,
    NumericRange,
    Or,
    Pattern,
    Phrase,
    Query,
    Term,
)
from indexer.query.placed import Placed
from indexer.search.expansion import pattern
from indexer.search.kernels import Array, Found, common, following, in_both, keep, nothing, together, without
from indexer.search.keywords import documents
from indexer.search.part import Part, Window
from indexer.search.places import holders
from indexer.search.statistics import Statistics
from indexer.search.term_list import POSITION_BITS, TermList


class NotKnown(Exception):
    """The node has no fast path."""


class Context(NamedTuple):
    """Where a query runs: on ``part``, within ``window``; ``scored`` where scores are wanted."""

    part: Part
    statistics: Statistics
    window: Window
    scored: bool

    def idf(self, field: str, term: str, boost: float = 1.0) -> float | None:
        return self.statistics.idf(field, term) * boost if self.scored else None


@singledispatch
def matches(query: Query, context: Context) -> Found:
    """Return the documents that ``query`` matches, deleted ones included. Raises NotKnown."""
    raise NotKnown(type(query).__name__)


@matches.register(Term)
def _(query: Term, context: Context) -> Found:
    one = context.part.term(query.fieldname, query.text)
    if one is None:
        return nothing(context.scored)
    idf = context.idf(query.fieldname, query.text, query.boost)
    return one.found(context.window, context.statistics, idf)


@matches.register(And)
def _(query: And, context: Context) -> Found:
    return conjunction(query.subqueries, context)


def conjunction(parts: Sequence[Query], context: Context) -> Found:
    """Return the documents that match all ``parts``; an empty one ends the work."""
    terms = [part for part in parts if isinstance(part, Term)]
    lists = _whole_lists(terms, context) if len(terms) == len(parts) else None
    if lists is not None:
        return _in_all(lists, terms, context)
    founds = []
    for part in sorted(parts, key=lambda part: cost(part, context.part)):
        found = matches(part, context)
        if not len(found.docs):
            return nothing(context.scored)
        founds.append(found)
    return common(founds, context.part.ranks)


def _whole_lists(terms: Sequence[Term], context: Context) -> list[TermList] | None:
    """The lists of ``terms`` where each has one of its own, which keeps its impacts."""
    lists = [context.part.term(term.fieldname, term.text) for term in terms]
    known = [one for one in lists if one is not None and one.number is None]
    return known if len(known) == len(terms) else None


def _in_all(lists: Sequence[TermList], terms: Sequence[Term], context: Context) -> Found:
    """The documents in all ``lists``, found before any of them is scored."""
    docs, which = candidates(lists, context)
    if not context.scored:
        return Found(docs, None)
    scores = np.zeros(len(docs))
    for one, term, index in zip(lists, terms, which, strict=True):
        idf = context.idf(term.fieldname, term.text, term.boost)
        scores += (idf or 0.0) * one.impacts_at(index, context.statistics)
    return Found(docs, scores)


def cost(query: Query, part: Part) -> int:
    """Guess how many postings a node reads, to read the short lists first."""
    if isinstance(query, Term):
        one = part.term(query.fieldname, query.text)
        return 0 if one is None else len(one)
    return part.n_docs


def exclude(found: Found, banned: Query, context: Context) -> Found:
    return without(found, matches(banned, context._replace(scored=False)).docs, context.part.ranks)


@matches.register(AndNot)
def _(query: AndNot, context: Context) -> Found:
    return exclude(matches(query.a, context), query.b, context)


@matches.register(Or)
def _(query: Or, context: Context) -> Found:
    founds = [matches(part, context) for part in query.subqueries]
    some = [found for found in founds if len(found.docs)]
    return together(some, context.part.ranks) if some else nothing(context.scored)


@matches.register(Every)
def _(query: Every, context: Context) -> Found:
    high = context.window.high
    if query.fieldname is not None:  # those that have a day come first
        high = min(high, context.part.segment.n_dated)
    docs = np.arange(context.window.low, max(high, context.window.low), dtype=np.uint32)
    return Found(docs, np.full(len(docs), query.boost) if context.scored else None)


@matches.register(Phrase)
def _(query: Phrase, context: Context) -> Found:
    words = query.words
    lists = [one for word in words if (one := context.part.term(query.fieldname, word)) is not None]
    if len(lists) < len(words):
        return nothing(context.scored)
    if len(words) == 1:
        return matches(Term(query.fieldname, words[0], boost=query.boost), context)
    idfs = [context.idf(query.fieldname, word, query.boost) for word in words]
    return phrase(lists, idfs, query.slop, context)


def phrase(lists: Sequence[TermList], idfs: Sequence[float | None], slop: int, context: Context) -> Found:
    """Return the documents that hold the terms in order, each 1 to ``slop`` positions after the one before.

    A key is a document's place among the candidates and a position in it, in 32 bits where both are small;
    all tokens of a term are one sorted array of keys, and a phrase is what remains of one after another.
    """
    docs, which = candidates(lists, context)
    if not len(docs):
        return nothing(context.scored)
    occurrences = [one.occurrences(index) for one, index in zip(lists, which, strict=True)]
    small = (
        len(docs) < PAGE and slop < PAGE and all(tokens.position.dtype == np.uint16 for tokens in occurrences)
    )
    bits, kind = (PAGE_BITS + 1, "u4") if small else (POSITION_BITS, "i8")
    ends, *others = ((tokens.owner.astype(kind) << bits) + tokens.position for tokens in occurrences)
    for keys in others:
        ends = in_both(ends + 1, keys) if slop == 1 else following(ends, keys, slop)
    holders = distinct(ends >> bits).astype(np.int64)
    if not context.scored:
        return Found(docs.take(holders), None)
    scores = np.zeros(len(holders))
    for one, index, idf, found in zip(lists, which, idfs, occurrences, strict=True):
        scores += (idf or 0.0) * one.impacts_in(docs, index, found, holders, context.statistics)
    return Found(docs.take(holders), scores)


def candidates(lists: Sequence[TermList], context: Context) -> tuple[Array, list[Array]]:
    """Return the documents in all lists, and for each list the indexes of their postings."""
    order = sorted(range(len(lists)), key=lambda i: len(lists[i]))
    docs, first = lists[order[0]].docs(context.window)
    which = {order[0]: np.arange(first, first + len(docs))}
    for i in order[1:]:
        others, first = lists[i].docs(context.window)
        index, there = context.part.ranks.find(others, docs)
        kept = np.flatnonzero(there)
        docs = docs.take(kept)
        which = {j: old.take(kept) for j, old in which.items()}
        which[i] = index.take(kept).astype(np.int64) + first
    return docs, [which[i] for i in range(len(lists))]


@matches.register(NumericRange)
def _(query: NumericRange, context: Context) -> Found:
    low, high = context.part.segment.documents.between(query.start, query.end)
    low, high = max(low, context.window.low), min(high, context.window.high)
    docs = np.arange(low, max(low, high), dtype=np.uint32)
    return Found(docs, np.full(len(docs), query.boost) if context.scored else None)


@matches.register(Pattern)
def _(query: Pattern, context: Context) -> Found:
    return pattern(query, context.part, context.statistics, context.window, context.scored)


@matches.register(Keyword)
def _(query: Keyword, context: Context) -> Found:
    docs = documents(query, context.part)
    docs = docs[(docs >= context.window.low) & (docs < context.window.high)]
    return Found(docs, np.zeros(len(docs)) if context.scored else None)


@matches.register(Placed)
def _(query: Placed, context: Context) -> Found:
    """Return the documents that hold all parts where ``query`` wants them, scored as if anywhere."""
    found = conjunction(query.parts, context)
    return keep(found, holders(query, context.part, found.docs))


def live(found: Found, part: Part) -> Found:
    """Return ``found`` without the deleted documents."""
    return found if part.alive is None else keep(found, part.alive[found.docs])
