"""Of what is the score of an article made up?

The tree is followed once more for one document; each word that adds to the score is one line. The lines of a
hit add up to its score.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import singledispatch

import numpy as np
from whoosh import query as wq

from indexer.codec.terms import decode
from indexer.query.nodes import Keyword, Placed
from indexer.search.expansion import variants
from indexer.search.matching import Context, matches
from indexer.search.part import FORMS, Part, Window, text_of
from indexer.search.results import Points
from indexer.search.statistics import Statistics


def points(tree: wq.Query, part: Part, doc: int, statistics: Statistics) -> tuple[Points, ...]:
    """Return what each word adds to the score of ``doc``, which matches ``tree``."""
    return tuple(_points(tree, Context(part, statistics, Window(doc, doc + 1), False)))


def _is_there(query: wq.Query, context: Context) -> bool:
    return len(matches(query, context).docs) > 0


@singledispatch
def _points(query: wq.Query, context: Context) -> Iterator[Points]:
    """Yield the lines of a node that matches; this one is of nodes that add nothing."""
    yield from ()


@_points.register
def _(query: wq.Term, context: Context) -> Iterator[Points]:
    yield from _word(query.fieldname, text_of(query.text), query.boost, context)


@_points.register
def _(query: wq.Phrase, context: Context) -> Iterator[Points]:
    for word in query.words:
        yield from _word(query.fieldname, text_of(word), query.boost, context)


@_points.register(wq.And)
@_points.register(Placed)
def _(query: wq.Query, context: Context) -> Iterator[Points]:
    for part in query.children():
        yield from _points(part, context)


@_points.register
def _(query: wq.Or, context: Context) -> Iterator[Points]:
    for part in query.subqueries:
        if _is_there(part, context):
            yield from _points(part, context)


@_points.register
def _(query: wq.AndNot, context: Context) -> Iterator[Points]:
    yield from _points(query.a, context)


@_points.register
def _(query: wq.MultiTerm, context: Context) -> Iterator[Points]:
    lists = None if isinstance(query, Keyword) else variants(query, context.part)
    if lists is None:
        return
    for form in lists.held(context.window):
        yield from _word(FORMS, decode(form), getattr(query, "boost", 1.0), context)


def _word(field: str, term: str, boost: float, context: Context) -> Iterator[Points]:
    """The line of one term: ``boost`` times idf times impact."""
    one = context.part.term(field, term)
    if one is None:
        return
    docs, first = one.docs(context.window)
    which = np.arange(first, first + len(docs))
    found = one.occurrences(which)
    if not len(found.owner):
        return
    weight = one.weights(docs, found, np.arange(1))
    impact = float(one.exact_impacts(which, weight, context.statistics)[0])
    idf = context.statistics.idf(field, term)
    length = int(context.part.lengths[one.length_bytes(which)][0])
    counted = float(weight[0]) / context.part.segment.weights.unit
    yield Points(term, field == FORMS, boost, idf, counted, length, boost * idf * impact)
