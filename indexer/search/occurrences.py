"""Where in this text does the query match?

The same query tree that found an article is run over the article's tokens, so that a mark stands exactly on
what matched. ``occurrences`` is a ``singledispatch`` over Whoosh's query nodes; a node that excludes
(``Not``) or only limits (dates, ``Every``) marks nothing.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import singledispatch
from typing import NamedTuple

from indexer.analysis.token import Token
from indexer.query.nodes import AndNot, FuzzyTerm, Phrase, Prefix, Query, Term, Wildcard
from indexer.query.patterns import text_expression
from indexer.search.distance import within


class Occurrence(NamedTuple):
    """One match: code points ``start`` to ``end`` of the text, word positions ``first`` to ``last``."""

    start: int
    end: int
    first: int
    last: int


class TokenTable:
    """The tokens of one text, by term and by position."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._found: dict[tuple[str, str], list[Token]] = {}

    def of(self, field: str, term: str | bytes) -> list[Token]:
        """Return the tokens that are ``term`` in ``field``, in the order of the text."""
        word = term.decode("utf-8") if isinstance(term, bytes) else term
        known = self._found.get((field, word))
        if known is None:
            known = self._found[field, word] = list(self.where(field, word.__eq__))
        return known

    def where(self, field: str, matches: Callable[[str], bool]) -> Iterator[Token]:
        """Yield the tokens whose term in ``field`` satisfies ``matches``, in the order of the text."""
        if field == "text":
            return (token for token in self._tokens if token.stem and matches(token.stem))
        if field == "text_exact":
            return (token for token in self._tokens if token.form and matches(token.form))
        return iter(())


def _whole(token: Token) -> Occurrence:
    return Occurrence(token.start, token.end, token.position, token.position)


@singledispatch
def occurrences(query: Query, table: TokenTable) -> list[Occurrence]:
    """Return where ``query`` matches, in no particular order; compound nodes return all their parts'."""
    return [found for part in query.children() for found in occurrences(part, table)]


@occurrences.register(AndNot)
def _(query: AndNot, table: TokenTable) -> list[Occurrence]:
    return occurrences(query.a, table)


@occurrences.register(Term)
def _(query: Term, table: TokenTable) -> list[Occurrence]:
    return [_whole(token) for token in table.of(query.fieldname, query.text)]


@occurrences.register(Prefix)
def _(query: Prefix, table: TokenTable) -> list[Occurrence]:
    return [_whole(token) for token in table.where(query.fieldname, lambda term: term.startswith(query.text))]


@occurrences.register(Wildcard)
def _(query: Wildcard, table: TokenTable) -> list[Occurrence]:
    matches = re.compile(text_expression(query.text), re.DOTALL).fullmatch
    return [_whole(token) for token in table.where(query.fieldname, lambda term: matches(term) is not None)]


@occurrences.register(FuzzyTerm)
def _(query: FuzzyTerm, table: TokenTable) -> list[Occurrence]:
    start = query.text[: query.prefixlength]

    def is_near(term: str) -> bool:
        return term.startswith(start) and within(query.text, term, query.maxdist)

    return [_whole(token) for token in table.where(query.fieldname, is_near)]


@occurrences.register(Phrase)
def _(query: Phrase, table: TokenTable) -> list[Occurrence]:
    """Ordered words, each at most ``slop`` positions after the one before it, as Whoosh matches them."""
    chains = [_whole(token) for token in table.of(query.fieldname, query.words[0])]
    for word in query.words[1:]:
        following = table.of(query.fieldname, word)
        chains = [
            Occurrence(chain.start, token.end, chain.first, token.position)
            for chain in chains
            for token in _after(following, chain.last, query.slop)
        ]
    return chains


def _after(tokens: list[Token], position: int, slop: int) -> Iterator[Token]:
    """Yield the tokens one to ``slop`` positions after ``position``; ``tokens`` ascend by position."""
    low, high = 0, len(tokens)
    while low < high:
        middle = (low + high) // 2
        if tokens[middle].position <= position:
            low = middle + 1
        else:
            high = middle
    while low < len(tokens) and tokens[low].position <= position + slop:
        yield tokens[low]
        low += 1
