"""Which words of some documents stand as a query wants them, so that an article can show them?

``places`` says where a question of place has an answer; here it is followed down to the words and phrases
that take part in one: of ``gaza w/5 aid`` those mentions of either that are near one of the other.
"""

from __future__ import annotations

from functools import singledispatch
from typing import NamedTuple

import numpy as np

from indexer.codec.arrays import distinct
from indexer.query.nodes import Or, Query
from indexer.query.placed import Near, Placed, Side, Together, Within
from indexer.search import nearness
from indexer.search.kernels import Array
from indexer.search.nearness import Places, in_order
from indexer.search.part import Part
from indexer.search.places import inside_units, places, unit_starts


class Mentions(NamedTuple):
    """Matches of one word or phrase of a query."""

    query: Query
    places: Places


def mentions(query: Query, part: Part, docs: Array, chosen: Places | None = None) -> list[Mentions]:
    """Return what takes part in the matches of ``query`` in ``docs``, or in the ``chosen`` of them.

    Raises NotPlaced where a node is not known to ``places``.
    """
    if isinstance(query, Or):
        return [found for one in query.subqueries for found in mentions(one, part, docs, chosen)]
    if isinstance(query, Side):
        (asked,) = query.parts
        assert isinstance(asked, Placed)
        return mentions(asked.parts[query.number], part, docs, sides(asked, part, docs, chosen)[query.number])
    if isinstance(query, Placed):
        found = sides(query, part, docs, chosen)
        return [
            one
            for sub, side in zip(query.parts, found, strict=True)
            for one in mentions(sub, part, docs, side)
        ]
    return [Mentions(query, _among(places(query, part, docs), chosen))]


def _among(found: Places, chosen: Places | None) -> Places:
    return found if chosen is None else found.where(nearness.are_among(found, chosen))


@singledispatch
def sides(query: Placed, part: Part, docs: Array, chosen: Places | None) -> list[Places]:
    """Return for each part of a question of place those of its matches that take part in ``chosen`` answers.

    This one serves questions about one part, of which an answer is a match of that part.
    """
    return [_among(places(query, part, docs), chosen)]


@sides.register(Near)
def _(query: Near, part: Part, docs: Array, chosen: Places | None) -> list[Places]:
    left, right = (in_order(places(one, part, docs)) for one in query.parts)
    a, b = nearness.pairs(left, right, query)
    if chosen is not None:
        first = np.minimum(left.first[a], right.first[b])
        last = np.maximum(left.last[a], right.last[b])
        wanted = nearness.are_among(Places(left.owner[a], first, last), chosen)
        a, b = a[wanted], b[wanted]
    return [left.where(distinct(np.sort(a))), right.where(distinct(np.sort(b)))]


@sides.register(Together)
def _(query: Together, part: Part, docs: Array, chosen: Places | None) -> list[Places]:
    windows = in_order(_among(places(query, part, docs), chosen))
    begins, ends = windows.begins(), np.maximum.accumulate(windows.ends())
    found = []
    for one in query.parts:
        tokens = places(one, part, docs)
        window = np.searchsorted(begins, tokens.begins(), side="right") - 1
        inside = window >= 0
        inside[inside] = ends[window[inside]] >= tokens.ends()[inside]
        found.append(tokens.where(inside))
    return found


@sides.register(Within)
def _(query: Within, part: Part, docs: Array, chosen: Places | None) -> list[Places]:
    starts = unit_starts(query.unit, part, docs)
    _, units = inside_units(_among(places(query, part, docs), chosen), starts)
    found = []
    for one in query.parts:
        inside, unit = inside_units(places(one, part, docs), starts)
        found.append(inside.where(nearness.is_among(unit, np.sort(units))))
    return found
