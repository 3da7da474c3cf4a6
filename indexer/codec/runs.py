"""How do tokens become postings?

Tokens stand in the order of the text; postings are wanted in the order of families. One plain sort of
64-bit numbers does it: family in the high bits, place in the run in the low ones. Sorting numbers is
several times faster than sorting indexes, and runs of a few million stay in the cache.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indexer.codec.arrays import Array, narrow
from indexer.codec.piece import Piece

RUN = 1 << 21  # tokens


@dataclass(slots=True)
class TokenRun:
    """Tokens of some documents, one item each, ascending by (document, position)."""

    family: Array
    number: Array
    doc: Array
    position: Array
    weight: Array  # in units


def sort_run(run: TokenRun) -> Piece:
    """Return the postings of a run. Raises ValueError where a stem is twice at one position."""
    if not len(run.family):
        nothing = np.empty(0, np.int64)
        return Piece(nothing, nothing, nothing, nothing, nothing, nothing)
    bits = len(run.family).bit_length()
    key = run.family.astype(np.int64) << bits
    key |= np.arange(len(key))
    key.sort()
    place = key & ((1 << bits) - 1)
    key >>= bits
    doc = run.doc[place]
    position = run.position[place]
    new = np.concatenate(([True], (key[1:] != key[:-1]) | (doc[1:] != doc[:-1])))
    twice = np.flatnonzero(~new[1:] & (position[1:] == position[:-1]))
    if len(twice):
        where = f"document {int(doc[twice[0]])}, position {int(position[twice[0]])}"
        raise ValueError(f"two tokens of one family stand at one position: {where}")
    first = np.flatnonzero(new)
    return Piece(
        key[first].astype(np.int32),
        doc[first].astype(np.uint32),
        narrow(np.add.reduceat(run.weight[place], first, dtype=np.int64)),
        narrow(np.diff(np.append(first, len(key)))),
        narrow(position),
        narrow(run.number[place]),
    )


def runs_of(counts: Array, most: int = RUN) -> list[tuple[int, int]]:
    """Cut a list of items of sizes ``counts`` into stretches of about ``most``, each of an item at least.

    >>> runs_of(np.array([3, 3, 9, 1]), 5)
    [(0, 1), (1, 2), (2, 3), (3, 4)]
    """
    ends = np.cumsum(counts)
    result = []
    start = done = 0
    while start < len(counts):
        stop = max(start + 1, int(np.searchsorted(ends, done + most, side="right")))
        result.append((start, stop))
        start, done = stop, int(ends[stop - 1])
    return result
