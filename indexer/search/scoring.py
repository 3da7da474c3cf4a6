"""Of what is the score of an article made up?

The tree is followed once more for one document; each word that adds to the score is one line. The lines of a
hit add up to its score.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import singledispatch

import numpy as np

from indexer.codec.terms import decode
from indexer.query.nodes import And, AndNot, Or, Pattern, Phrase, Query, Term
from indexer.query.placed import Placed
from indexer.search.expansion import variants
from indexer.search.matching import Context, matches
from indexer.search.part import FORMS, Part, Window
from indexer.search.results import Points
from indexer.search.statistics import Statistics


def points(tree: Query, part: Part, doc: int, statistics: Statistics) -> tuple[Points, ...]:
    """Return what each word adds to the score of ``doc``, which matches ``tree``."""
    return tuple(_points(tree, Context(part, statistics, Window(doc, doc + 1), False)))


def _is_there(query: Query, context: Context) -> bool:
    return len(matches(query, context).docs) > 0


@singledispatch
def _points(query: Query, context: Context) -> Iterator[Points]:
    """Yield the lines of a node that matches; this one is of nodes that add nothing."""
    yield from ()


@_points.register(Term)
def _(query: Term, context: Context) -> Iterator[Points]:
    yield from _word(query.fieldname, query.text, query.boost, context)


@_points.register(Phrase)
def _(query: Phrase, context: Context) -> Iterator[Points]:
    for word in query.words:
        yield from _word(query.fieldname, word, query.boost, context)


@_points.register(And)
@_points.register(Placed)
def _(query: Query, context: Context) -> Iterator[Points]:
    for part in query.children():
        yield from _points(part, context)


@_points.register(Or)
def _(query: Or, context: Context) -> Iterator[Points]:
    for part in query.subqueries:
        if _is_there(part, context):
            yield from _points(part, context)


@_points.register(AndNot)
def _(query: AndNot, context: Context) -> Iterator[Points]:
    yield from _points(query.a, context)


@_points.register(Pattern)
def _(query: Pattern, context: Context) -> Iterator[Points]:
    for form in variants(query, context.part).held(context.window):
        yield from _word(FORMS, decode(form), query.boost, context)


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
