"""How is much work cut into stretches of about the same size?"""

from __future__ import annotations

import numpy as np

from indexer.codec.arrays import Array


def runs_of(counts: Array, most: int) -> list[tuple[int, int]]:
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
