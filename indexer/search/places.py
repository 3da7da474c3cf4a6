"""At which positions of a few documents does a query match?

The counterpart of ``matching`` for the hits of one page: the same lists, looked into only where the hits
are. What is found leads through the sentence table straight to the sentences to show, so that no body is
read whole. ``NotPlaced`` is raised for a node that is not known here; the text of the hit is then searched
instead, by ``occurrences``.
"""

from __future__ import annotations

from functools import singledispatch
from typing import NamedTuple

import numpy as np
from whoosh import query as wq

from indexer.search.kernels import Array, spread
from indexer.search.matching import text_of
from indexer.search.part import POSITION_BITS, Part, TermList


class NotPlaced(Exception):
    """The node's positions are not known here."""


class Places(NamedTuple):
    """Matches: the index among the documents asked about, and the first and last position of each."""

    owner: Array
    first: Array
    last: Array


def nowhere() -> Places:
    """Return no matches."""
    empty = np.empty(0, np.int64)
    return Places(empty, empty, empty)


def joined(found: list[Places]) -> Places:
    """Return several lists of matches as one."""
    if not found:
        return nowhere()
    return Places(*(np.concatenate(column) for column in zip(*found, strict=True)))


@singledispatch
def places(query: wq.Query, part: Part, docs: Array) -> Places:
    """Return where ``query`` matches in ``docs``, ascending numbers within ``part``; in no order."""
    raise NotPlaced(type(query).__name__)


@places.register
def _(query: wq.Term, part: Part, docs: Array) -> Places:
    one = part.term(query.fieldname, text_of(query.text)) if query.fieldname.startswith("text") else None
    if one is None:
        return nowhere()
    owner, position = _tokens(one, part, docs)
    return Places(owner, position, position)


def _tokens(one: TermList, part: Part, docs: Array) -> tuple[Array, Array]:
    """Return owner and position of every token of a term in ``docs``, ascending."""
    every, _ = one.docs(part.whole)
    index, there = part.ranks.find(every, docs)
    held = np.flatnonzero(there)
    found = one.occurrences(index[held].astype(np.int64))
    return held[found.owner], found.position


@places.register
def _(query: wq.Phrase, part: Part, docs: Array) -> Places:
    lists = [part.term(query.fieldname, text_of(word)) for word in query.words]
    chains: Places | None = None
    for one in lists:
        if one is None:
            return nowhere()
        owner, position = _tokens(one, part, docs)
        chains = (
            Places(owner, position, position)
            if chains is None
            else _longer(chains, owner, position, query.slop)
        )
    return chains or nowhere()


def _longer(chains: Places, owner: Array, position: Array, slop: int) -> Places:
    """Return every chain with every token 1 to ``slop`` positions after its end; tokens ascend."""
    keys = (owner << POSITION_BITS) + position
    ends = (chains.owner << POSITION_BITS) + chains.last
    low = np.searchsorted(keys, ends + 1)
    high = np.searchsorted(keys, ends + slop, side="right")
    token, chain = spread(low, high - low)
    return Places(chains.owner[chain], chains.first[chain], position[token])


@places.register
def _(query: wq.And, part: Part, docs: Array) -> Places:
    return joined([places(one, part, docs) for one in query.subqueries if not isinstance(one, wq.Not)])


@places.register
def _(query: wq.Or, part: Part, docs: Array) -> Places:
    return joined([places(one, part, docs) for one in query.subqueries])


@places.register
def _(query: wq.AndNot, part: Part, docs: Array) -> Places:
    return places(query.a, part, docs)


@places.register(wq.Every)
@places.register(wq.Not)
@places.register(wq.NumericRange)
@places.register(type(wq.NullQuery))
def _(query: wq.Query, part: Part, docs: Array) -> Places:
    return nowhere()
