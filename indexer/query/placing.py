"""How does what stands between trees, or in front of one, become a tree?

A place is asked of words, not of combinations: ``(a b) w/5 c`` is ``a w/5 c`` and ``b w/5 c``, and
``headline:(a -b)`` is a headline with a and without b. So these functions go down a tree to what has a place.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import prod

from indexer.errors import QueryError
from indexer.query.nodes import And, AndNot, Or, Query, Words
from indexer.query.placed import AtLeast, Near, Placed, Section, Within, has_place, may_share

MOST_COMBINATIONS = 1_024  # of what stands on both sides of w/5


def near(left: Query, right: Query, distance: int, ordered: bool) -> Query:
    """Return what holds ``left`` near ``right``. Raises QueryError for too many ways to combine them."""
    if _size(left) * _size(right) > MOST_COMBINATIONS:
        raise _too_many()

    def beside(a: Query, b: Query) -> Query:
        return Near([a, b], distance, ordered, apart=not ordered and may_share(a, b))

    return for_places(left, lambda a: for_places(right, lambda b: beside(a, b)))


def within(parts: Sequence[Query], unit: str) -> Query:
    """Return what holds all ``parts`` in one sentence or paragraph: what AND joins, all of it."""
    flat: list[Query] = []
    for part in parts:
        flat.extend(part.subqueries if isinstance(part, And) else [part])
    if prod(map(_ways, flat)) > MOST_COMBINATIONS:
        raise _too_many()
    for place, part in enumerate(flat):
        if not has_place(part):  # an Or of combinations: each of them in turn
            sides = [within([*flat[:place], one, *flat[place + 1 :]], unit) for one in part.children()]
            return Or(sides)
    return Within(flat, unit)


def at_least(tree: Query, count: int) -> Query:
    """Return what holds ``tree`` at ``count`` places; of what AND joins, each."""
    return tree if count == 1 else for_places(tree, lambda part: AtLeast([part], count))


def in_section(tree: Query, name: str) -> Query:
    """Return what holds in one section what ``tree`` wants, and there nothing that it excludes."""
    return for_places(tree, lambda part: Section([part], name))


def for_places(tree: Query, change: Callable[[Query], Query]) -> Query:
    """Return ``tree`` with everything that has a place changed; the rest stays."""
    if has_place(tree):
        return change(tree)
    if isinstance(tree, And | Or):
        return type(tree)([for_places(part, change) for part in tree.subqueries])
    if isinstance(tree, AndNot):
        return AndNot(for_places(tree.a, change), for_places(tree.b, change))
    return tree


def boosted(tree: Query, factor: float) -> Query:
    """Return ``tree`` with all its words counted ``factor`` times."""
    if isinstance(tree, And | Or):
        return type(tree)([boosted(part, factor) for part in tree.subqueries])
    if isinstance(tree, AndNot):
        return AndNot(boosted(tree.a, factor), tree.b)
    if isinstance(tree, Placed):
        return tree.rebuilt([boosted(part, factor) for part in tree.parts])
    return tree.times(factor) if isinstance(tree, Words) else tree


def _size(tree: Query) -> int:
    """How many parts with a place ``tree`` has."""
    if has_place(tree) or not isinstance(tree, And | Or):
        return 1
    return sum(map(_size, tree.subqueries))


def _ways(tree: Query) -> int:
    """In how many ways ``tree`` can be had."""
    if has_place(tree) or not isinstance(tree, And | Or):
        return 1
    ways = map(_ways, tree.subqueries)
    return prod(ways) if isinstance(tree, And) else sum(ways)


def _too_many() -> QueryError:
    return QueryError(
        f"there are more than {MOST_COMBINATIONS:,} ways to combine what is to be near each other. "
        "Shorten the query."
    )
