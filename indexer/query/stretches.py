"""Which stretches of a text lie near each other? Plain Python, for one article at a time.

A stretch is (first, last), word positions; anything with these two attributes will do.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol, TypeVar


class Stretched(Protocol):
    """Something that reaches from one word position to another."""

    @property
    def first(self) -> int: ...
    @property
    def last(self) -> int: ...


A = TypeVar("A", bound=Stretched)
B = TypeVar("B", bound=Stretched)


class Stretch(NamedTuple):
    """The first and last word position of a match."""

    first: int
    last: int


def pairs(
    left: Sequence[A], right: Sequence[B], distance: int, ordered: bool, apart: bool, least: int = 1
) -> Iterator[tuple[A, B]]:
    """Yield every two at most ``distance`` apart; see ``nodes.Near`` for the others.

    >>> a, b = [Stretch(4, 4)], [Stretch(1, 2), Stretch(4, 4), Stretch(7, 7)]
    >>> [y.first for _, y in pairs(a, b, 2, ordered=False, apart=True)]
    [1]
    """
    begins = sorted(right, key=lambda one: one.first)
    firsts = [one.first for one in begins]
    longest = max((one.last - one.first for one in right), default=0)
    for a in left:
        at = bisect_left(firsts, a.last + least if ordered else a.first - distance - longest)
        while at < len(begins) and firsts[at] <= a.last + distance:
            b = begins[at]
            at += 1
            if b.last >= a.first - distance and not (apart and (a.first, a.last) == (b.first, b.last)):
                yield a, b


def windows(slots: Sequence[Sequence[Stretched]], counts: Sequence[int], width: int) -> Iterator[Stretch]:
    """Yield from each place at which a slot begins the shortest window that holds all of them.

    ``counts`` says how many different places each slot needs; see ``nodes.Together``.
    """
    firsts = [sorted({one.first for one in slot}) for slot in slots]
    for start in sorted({first for slot in firsts for first in slot}):
        ends = []
        for slot, count in zip(firsts, counts, strict=True):
            at = bisect_left(slot, start) + count - 1
            ends.append(slot[at] if at < len(slot) else start + width + 1)
        if max(ends) <= start + width:
            yield Stretch(start, max(ends))
