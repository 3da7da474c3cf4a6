"""Which tree of Whoosh's is a tree of ours, and which of ours is one of Whoosh's?

``from_whoosh`` is for whoever has a Whoosh query and asks our evaluator; what only Whoosh knows becomes a
``Foreign`` node. ``to_whoosh`` is for the evaluator when it meets one, and runs Whoosh's own matchers.
"""

# mypy: disable-error-code="no-untyped-call"

from __future__ import annotations

from collections.abc import Callable
from functools import reduce, singledispatch
from typing import Any

from whoosh import query as wq

from indexer.codec.whoosh_fields import DAY, EXACT
from indexer.query import nodes
from indexer.query.keywords import Keyword
from indexer.query.nodes import Query
from indexer.query.placed import Placed
from indexer.query.whoosh_nodes import Ours, Without


class Foreign(Query):
    """A question that only Whoosh knows."""

    __slots__ = ("query",)

    def __init__(self, query: wq.Query) -> None:
        self.query = query

    def __str__(self) -> str:
        return str(self.query)


def from_whoosh(query: wq.Query) -> Query:
    """Return what ``query`` means; a subclass may mean anything, so it is only known to Whoosh."""
    translate = _KNOWN.get(type(query))
    return (translate(query) if translate else None) or Foreign(query)


def _and(query: wq.And) -> Query | None:
    if query.boost != 1:
        return None
    banned = [from_whoosh(part.query) for part in query.subqueries if type(part) is wq.Not]
    wanted = [from_whoosh(part) for part in query.subqueries if type(part) is not wq.Not]
    tree: Query = nodes.And(wanted) if wanted else nodes.Every()
    return reduce(nodes.AndNot, banned, tree)


def _and_not(query: wq.AndNot) -> Query:
    return nodes.AndNot(from_whoosh(query.a), from_whoosh(query.b))


def _or(query: wq.Or) -> Query | None:
    if query.boost != 1 or query.minmatch or query.scale:
        return None
    return nodes.Or([from_whoosh(part) for part in query.subqueries])


def _phrase(query: wq.Phrase) -> Query:
    return nodes.Phrase(query.fieldname, [_text(word) for word in query.words], query.slop, query.boost)


def _range(query: wq.NumericRange) -> Query | None:
    if query.fieldname != DAY:
        return None
    first = None if query.start is None else int(query.start) + bool(query.startexcl)
    last = None if query.end is None else int(query.end) - bool(query.endexcl)
    return nodes.NumericRange(DAY, first, last, query.boost)


def _every(query: wq.Every) -> Query | None:
    if query.fieldname not in (None, "*", DAY):
        return None
    return nodes.Every(DAY if query.fieldname == DAY else None, query.boost)


def _prefix(query: wq.Prefix) -> Query | None:
    return nodes.Prefix(EXACT, query.text, query.boost) if query.fieldname == EXACT else None


def _wildcard(query: wq.Wildcard) -> Query | None:
    if query.fieldname != EXACT or "[" in query.text:
        return None
    return nodes.Wildcard(EXACT, query.text, query.boost)


def _fuzzy(query: wq.FuzzyTerm) -> Query | None:
    if query.fieldname != EXACT:
        return None
    return nodes.FuzzyTerm(EXACT, query.text, query.boost, query.maxdist, query.prefixlength)


def _text(text: str | bytes) -> str:
    return text.decode("utf-8", "surrogatepass") if isinstance(text, bytes) else text


_KNOWN: dict[type[wq.Query], Callable[[Any], Query | None]] = {
    wq.Term: lambda query: nodes.Term(query.fieldname, _text(query.text), query.boost),
    wq.Phrase: _phrase,
    wq.And: _and,
    wq.Or: _or,
    wq.Not: lambda query: nodes.AndNot(nodes.Every(), from_whoosh(query.query)),
    wq.AndNot: _and_not,
    Without: _and_not,
    wq.NumericRange: _range,
    wq.Every: _every,
    wq.Prefix: _prefix,
    wq.Wildcard: _wildcard,
    wq.FuzzyTerm: _fuzzy,
    Ours: lambda query: query.node,
}


@singledispatch
def to_whoosh(query: Query) -> wq.Query:
    """Return the Whoosh query that finds the same, with the same scores."""
    assert isinstance(query, Placed | Keyword)
    return Ours(query)


@to_whoosh.register
def _(query: Foreign) -> wq.Query:
    return query.query


@to_whoosh.register
def _(query: nodes.Term) -> wq.Query:
    return wq.Term(query.fieldname, query.text, query.boost)


@to_whoosh.register
def _(query: nodes.Phrase) -> wq.Query:
    return wq.Phrase(query.fieldname, list(query.words), query.slop, query.boost)


@to_whoosh.register
def _(query: nodes.Prefix) -> wq.Query:
    return wq.Prefix(query.fieldname, query.text, query.boost)


@to_whoosh.register
def _(query: nodes.Wildcard) -> wq.Query:
    return wq.Wildcard(query.fieldname, query.text, query.boost)


@to_whoosh.register
def _(query: nodes.FuzzyTerm) -> wq.Query:
    return wq.FuzzyTerm(query.fieldname, query.text, query.boost, query.maxdist, query.prefixlength)


@to_whoosh.register
def _(query: nodes.NumericRange) -> wq.Query:
    return wq.NumericRange(query.fieldname, query.start, query.end, boost=query.boost)


@to_whoosh.register
def _(query: nodes.Every) -> wq.Query:
    return wq.Every(query.fieldname, query.boost)


@to_whoosh.register
def _(query: nodes.And) -> wq.Query:
    return wq.And([to_whoosh(part) for part in query.subqueries])


@to_whoosh.register
def _(query: nodes.Or) -> wq.Query:
    return wq.Or([to_whoosh(part) for part in query.subqueries])


@to_whoosh.register
def _(query: nodes.AndNot) -> wq.Query:
    return Without(to_whoosh(query.a), to_whoosh(query.b))
