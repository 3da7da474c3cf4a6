"""At which positions of some documents does a query match?

The counterpart of ``matching``, which asks it whether words stand where a query wants them, and the hits
of a page ask it for what to show: the same lists, looked into only where the documents are. ``NotPlaced``
is raised for a node that is not known here.
"""

from __future__ import annotations

from functools import singledispatch

import numpy as np

from indexer.codec.arrays import distinct
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
from indexer.query.placed import AtLeast, Near, Placed, Section, Together, Within
from indexer.search import nearness
from indexer.search.expansion import variants
from indexer.search.kernels import Array, spread
from indexer.search.nearness import Places, in_order, joined, nowhere
from indexer.search.part import Part
from indexer.search.term_list import POSITION_BITS, TermList

FAR = (1 << 31) - 1  # beyond every position
TOGETHER = 1 << 13  # documents looked into at once, so that memory stays bounded


class NotPlaced(Exception):
    """The node's positions are not known here."""


@singledispatch
def places(query: Query, part: Part, docs: Array) -> Places:
    """Return where ``query`` matches in ``docs``, ascending numbers within ``part``; in no order."""
    raise NotPlaced(type(query).__name__)


def holders(query: Placed, part: Part, docs: Array) -> Array:
    """Return for each of ``docs``, which hold all parts of ``query``, whether they stand as it wants."""
    held = np.zeros(len(docs), bool)
    for start in range(0, len(docs), TOGETHER):
        some = docs[start : start + TOGETHER].astype(np.int64)
        if isinstance(query, Near):
            left, right = (in_order(places(one, part, some)) for one in query.parts)
            owner = left.owner[nearness.are_near(left, right, query)]
        else:
            owner = places(query, part, some).owner
        held[owner + start] = True
    return held


@places.register(Term)
def _(query: Term, part: Part, docs: Array) -> Places:
    one = part.term(query.fieldname, query.text) if query.fieldname.startswith("text") else None
    return nowhere() if one is None else _tokens(one, part, docs)


def _tokens(one: TermList, part: Part, docs: Array) -> Places:
    """Return every token of a term in ``docs``, ascending."""
    every, _ = one.docs(part.whole)
    index, there = part.ranks.find(every, docs)
    held = np.flatnonzero(there)
    found = one.occurrences(index.take(held).astype(np.int64))
    position = found.position.astype(np.int64)
    return Places(held.take(found.owner), position, position)


@places.register(Pattern)
def _(query: Pattern, part: Part, docs: Array) -> Places:
    return variants(query, part).places(docs)


@places.register(Phrase)
def _(query: Phrase, part: Part, docs: Array) -> Places:
    lists = [part.term(query.fieldname, word) for word in query.words]
    chains: Places | None = None
    for one in lists:
        if one is None:
            return nowhere()
        tokens = _tokens(one, part, docs)
        chains = tokens if chains is None else _longer(chains, tokens, query.slop)
    return chains or nowhere()


def _longer(chains: Places, tokens: Places, slop: int) -> Places:
    """Return every chain with every token 1 to ``slop`` positions after its end; tokens ascend."""
    keys, ends = tokens.begins(), chains.ends()
    low = np.searchsorted(keys, ends + 1)
    high = np.searchsorted(keys, ends + slop, side="right")
    token, chain = spread(low, high - low)
    return Places(chains.owner[chain], chains.first[chain], tokens.last[token])


@places.register(And)
def _(query: And, part: Part, docs: Array) -> Places:
    return joined([places(one, part, docs) for one in query.subqueries])


@places.register(Or)
def _(query: Or, part: Part, docs: Array) -> Places:
    return joined([places(one, part, docs) for one in query.subqueries])


@places.register(AndNot)
def _(query: AndNot, part: Part, docs: Array) -> Places:
    return places(query.a, part, docs)


@places.register(Every)
@places.register(NumericRange)
@places.register(Keyword)
def _(query: Query, part: Part, docs: Array) -> Places:
    return nowhere()


@places.register(Near)
def _(query: Near, part: Part, docs: Array) -> Places:
    left, right = (in_order(places(one, part, docs)) for one in query.parts)
    a, b = nearness.pairs(left, right, query)
    part.tally.add()
    return nearness.reaching(left.where(a), right.where(b))


@places.register(Together)
def _(query: Together, part: Part, docs: Array) -> Places:
    slots = list(dict.fromkeys(query.parts))
    found = [places(slot, part, docs) for slot in slots]
    return nearness.windows(found, [query.parts.count(slot) for slot in slots], query.width)


@places.register(Within)
def _(query: Within, part: Part, docs: Array) -> Places:
    starts = unit_starts(query.unit, part, docs)
    inside = [inside_units(places(one, part, docs), starts) for one in query.parts]
    units = [distinct(np.sort(unit)) for _, unit in inside]
    shared = units[0]
    for other in units[1:]:
        shared = shared[nearness.is_among(shared, other)]
    every, unit = joined([found for found, _ in inside]), np.concatenate([unit for _, unit in inside])
    chosen = nearness.is_among(unit, shared)
    return nearness.reaching_over(every.where(chosen), unit[chosen])


def unit_starts(unit: str, part: Part, docs: Array) -> Array:
    """Return the keys (as ``Places.begins``) at which sentences or paragraphs of ``docs`` start."""
    owner, position, opens = part.segment.sentences.starts(docs)
    keys: Array = (owner << POSITION_BITS) + position
    return keys if unit == "s" else keys[opens]


def inside_units(found: Places, starts: Array) -> tuple[Places, Array]:
    """Return the matches that lie in one sentence or paragraph, and the number of each one's."""
    first = np.searchsorted(starts, found.begins(), side="right")
    same = first == np.searchsorted(starts, found.ends(), side="right")
    return found.where(same), first[same]


@places.register(AtLeast)
def _(query: AtLeast, part: Part, docs: Array) -> Places:
    found = in_order(places(query.parts[0], part, docs))
    begins = distinct(found.begins()) >> POSITION_BITS
    often = np.bincount(begins, minlength=len(docs)) >= query.count
    return found.where(often[found.owner])


@places.register(Section)
def _(query: Section, part: Part, docs: Array) -> Places:
    found = places(query.parts[0], part, docs)
    low, high = _bounds(query.name, part, docs)
    return found.where((found.first >= low[found.owner]) & (found.last < high[found.owner]))


def _bounds(name: str, part: Part, docs: Array) -> tuple[Array, Array]:
    """Return the first position of a section in each of ``docs``, and the first behind it."""
    column = part.segment.documents.column
    zero, end = np.zeros(len(docs), np.int64), np.full(len(docs), FAR)
    summary, body = (column(at).array()[docs].astype(np.int64) for at in ("summary_at", "body_at"))
    if name == "headline":
        return zero, summary
    if name == "summary":
        return summary, body
    if name == "body":
        return body, end
    owner, position, opens = part.segment.sentences.starts(docs)
    later = opens & (position > body[owner])
    np.minimum.at(end, owner[later], position[later])
    return summary, end
