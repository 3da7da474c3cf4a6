"""Which different terms are there, in order, and which is each?

Sorting a million texts one comparison at a time takes seconds. Here their first 24 bytes are three numbers
each, which are sorted as columns; only terms longer than that are compared as texts, among themselves.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from indexer.analysis.eights import MASKS, eights
from indexer.codec.arrays import Array
from indexer.codec.terms import encode

_WIDTH = 8  # bytes of a number
_COLUMNS = 3


def ranked(terms: Sequence[str]) -> tuple[list[bytes], Array]:
    """Return the different terms in the order of their bytes, "" left out, and the place of each; -1 for "".

    No term may hold a line feed or a zero.

    >>> found, place = ranked(["b", "", "a", "b"])
    >>> found, place.tolist()
    ([b'a', b'b'], [1, -1, 0, 1])
    """
    if not terms:
        return [], np.empty(0, np.int64)
    data = encode("\n".join(terms)) + b"\n" + bytes(_WIDTH * _COLUMNS)
    raw = np.frombuffer(data, np.uint8)
    ends = np.flatnonzero(raw == ord("\n"))
    starts = np.concatenate(([0], ends[:-1] + 1))
    sizes = ends - starts
    columns = [*_numbers(data, starts, sizes), _rank_of_long(terms, sizes)]
    order = np.lexsort(columns[::-1])
    new = np.zeros(len(order), bool)
    new[0] = sizes[order[0]] > 0
    for column in columns:
        placed = column[order]
        new[1:] |= placed[1:] != placed[:-1]
    place = np.empty(len(order), np.int64)
    place[order] = np.cumsum(new) - 1
    chosen = list(map(terms.__getitem__, order[new].tolist()))
    return encode("\n".join(chosen)).split(b"\n") if chosen else [], place


def _numbers(data: bytes, starts: Array, sizes: Array) -> list[Array]:
    """The first bytes of every term as numbers, whose order is that of the bytes."""
    numbers = eights(data)
    columns = []
    for offset in range(0, _WIDTH * _COLUMNS, _WIDTH):
        at = np.minimum(starts + offset, len(numbers) - 1)
        column = numbers[at] & MASKS[np.clip(sizes - offset, 0, _WIDTH)]
        columns.append(column.byteswap())
    return columns


def _rank_of_long(terms: Sequence[str], sizes: Array) -> Array:
    """The order among the terms that are longer than their numbers; 0 for the others."""
    rank = np.zeros(len(terms), np.int64)
    long = np.flatnonzero(sizes > _WIDTH * _COLUMNS)
    texts = [terms[i] for i in long.tolist()]
    place = {text: number for number, text in enumerate(sorted(set(texts)), 1)}
    rank[long] = [place[text] for text in texts]
    return rank
