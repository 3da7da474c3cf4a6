"""Which questions ask where in an article something stands?

A *stretch* is the first and the last word position of a match. What asks for a place scores as its parts
would without it: a restriction chooses among articles, it does not change how well they answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from indexer.query.nodes import FuzzyTerm, Or, Phrase, Prefix, Query, Term, Wildcard, Words
from indexer.query.patterns import literal_head


class Placed(Query):
    """The root of the nodes that ask for a place; their parts must stand at places too (``has_place``)."""

    def __init__(self, parts: Sequence[Query], *says: Any) -> None:
        self.parts = tuple(parts)
        self.says = says  # what else it is made of

    def rebuilt(self, parts: Sequence[Query]) -> Placed:
        """Return the same question about other parts."""
        return type(self)(parts, *self.says)

    def children(self) -> Sequence[Query]:
        return self.parts

    def _says(self) -> tuple[object, ...]:
        return self.parts, self.says

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(map(repr, (list(self.parts), *self.says)))})"

    __str__ = __repr__


class Near(Placed):
    """Two parts at most ``distance`` positions apart; their match reaches from one to the other.

    Parts that overlap are 0 apart, neighbours 1. ``ordered``: the second begins after the first has ended,
    ``least`` positions or more. ``apart``: both may be the same word, so one stretch is not both of them.
    """

    def __init__(
        self,
        parts: Sequence[Query],
        distance: int,
        ordered: bool = False,
        apart: bool = False,
        least: int = 1,
    ) -> None:
        super().__init__(parts, distance, ordered, apart, least)
        self.distance, self.ordered, self.apart, self.least = distance, ordered, apart, least

    def __str__(self) -> str:
        between = "" if self.least == 1 else f"{self.least}-"
        return f"({self.parts[0]} {'pre' if self.ordered else 'w'}/{between}{self.distance} {self.parts[1]})"


class Together(Placed):
    """Words within ``width`` positions, in any order; the same word twice needs two places.

    A match reaches from a word to the first place at which all the others have come as well.
    """

    def __init__(self, parts: Sequence[Query], width: int) -> None:
        super().__init__(parts, width)
        self.width = width

    def __str__(self) -> str:
        return f"({' '.join(map(str, self.parts))})~{self.width}"


class Within(Placed):
    """All parts in one sentence or paragraph (``unit`` s or p); a match reaches over all of them in it."""

    def __init__(self, parts: Sequence[Query], unit: str) -> None:
        super().__init__(parts, unit)
        self.unit = unit

    def __str__(self) -> str:
        return f"({f' w/{self.unit} '.join(map(str, self.parts))})"


class AtLeast(Placed):
    """One part that begins at ``count`` positions or more; each of them is a match."""

    def __init__(self, parts: Sequence[Query], count: int) -> None:
        super().__init__(parts, count)
        self.count = count

    def __str__(self) -> str:
        return f"atleast{self.count}({self.parts[0]})"


class Section(Placed):
    """One part that stands wholly in the headline, summary, lead or body.

    The lead is the summary and the first paragraph of the body that has words.
    """

    def __init__(self, parts: Sequence[Query], name: str) -> None:
        super().__init__(parts, name)
        self.name = name

    def __str__(self) -> str:
        return f"{self.name}({self.parts[0]})"


class Side(Placed):
    """What stands on one side in the matches of a question of place: not to search by, only to show."""

    def __init__(self, parts: Sequence[Query], number: int) -> None:
        super().__init__(parts, number)
        self.number = number


def has_place(query: Query) -> bool:
    """Say whether a match of ``query`` is a stretch of text."""
    if isinstance(query, Or):
        return all(map(has_place, query.subqueries))
    return isinstance(query, Words | Placed)


def may_share(a: Query, b: Query) -> bool:
    """Say whether one word of a text may be a match of both ``a`` and ``b``."""
    return any(_may_be_same(x, y) for x in _heads(a) for y in _heads(b))


def _heads(query: Query) -> Iterator[tuple[str, str, bool]]:
    """Field, beginning, and whether that is all of it, for each word that ``query`` looks for."""
    for leaf in query.leaves():
        if isinstance(leaf, Phrase):
            yield from ((leaf.fieldname, word, True) for word in leaf.words)
        elif isinstance(leaf, Term):
            yield leaf.fieldname, leaf.text, True
        elif isinstance(leaf, FuzzyTerm):
            yield leaf.fieldname, leaf.text[: leaf.prefixlength], False
        elif isinstance(leaf, Prefix | Wildcard):
            yield leaf.fieldname, literal_head(leaf.text), False


def _may_be_same(a: tuple[str, str, bool], b: tuple[str, str, bool]) -> bool:
    if a[0] == b[0] and a[2] and b[2]:
        return a[1] == b[1]
    return a[1].startswith(b[1]) or b[1].startswith(a[1])
