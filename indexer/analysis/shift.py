"""Which number has an item, where nearly every one before it counts for one?"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


class Shift:
    """Numbers of items, a few of which count for ``more`` than one, or for less.

    >>> shift = Shift(np.array([2, 5]), np.array([3, -1]))
    >>> shift(np.arange(8)).tolist()
    [0, 1, 2, 6, 7, 8, 8, 9]
    """

    def __init__(self, places: Array, more: Array) -> None:
        """``places`` ascend; ``more`` says how much those items count for beyond one."""
        self._places = places
        self._sums = np.zeros(len(places) + 1, np.int64)
        np.cumsum(more, out=self._sums[1:])

    def __call__(self, items: Array) -> Array:
        """Return what all items before each of ``items`` count for."""
        numbers: Array = items + self._sums.take(np.searchsorted(self._places, items))
        return numbers

    def all(self, count: int) -> Array:
        """Return the same for ``count`` items, each counted up to its end, less one; as i4.

        >>> Shift(np.array([2, 5]), np.array([3, -1])).all(8).tolist()
        [0, 1, 5, 6, 7, 7, 8, 9]
        """
        numbers = np.arange(count, dtype=np.int32)
        if len(self._places):
            runs = np.diff(self._places, prepend=0, append=count)
            numbers += np.repeat(self._sums.astype(np.int32), runs)
        return numbers
