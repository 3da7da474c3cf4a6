"""Which small operations on arrays of whole numbers does the codec share?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from indexer.storage.sections import Section

Array = np.ndarray[tuple[Any, ...], np.dtype[Any]]  # numpy.typing.NDArray, which takes longer to load
UNSIGNED = ((0xFF, np.uint8), (0xFFFF, np.uint16), (0xFFFFFFFF, np.uint32))


def narrow_type(largest: int) -> np.dtype[Any]:
    """Return the narrowest unsigned type that holds 0 to ``largest``.

    >>> narrow_type(255), narrow_type(256)
    (dtype('uint8'), dtype('uint16'))
    """
    for limit, type_ in UNSIGNED:
        if largest <= limit:
            return np.dtype(type_)
    return np.dtype(np.uint64)


def narrow(values: Array) -> Array:
    """Return non-negative ``values`` in the narrowest unsigned type that holds them all."""
    largest = int(values.max()) if len(values) else 0
    return np.ascontiguousarray(values, dtype=narrow_type(largest))


def offsets(counts: Array) -> Array:
    """Return where each of several lists starts when they stand one after the other, and where the last ends.

    >>> offsets(np.array([2, 0, 3])).tolist()
    [0, 2, 2, 5]
    """
    result = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=result[1:])
    return result


def gaps(ends: Array) -> Array:
    """Return the sizes of lists from their ``offsets``.

    >>> gaps(np.array([0, 2, 2, 5], np.uint8)).tolist()
    [2, 0, 3]
    """
    result: Array = np.diff(ends.astype(np.int64, copy=False))
    return result


def list_sizes(section: Section, low: int = 0, high: int | None = None) -> Array:
    """Return the sizes of lists ``low`` to ``high`` from a section of offsets.

    Raises ArchiveDamaged where offsets descend.
    """
    sizes = gaps(section.array(low, None if high is None else high + 1))
    if len(sizes) and sizes.min() < 0:
        raise section.damaged("its offsets descend", low)
    return sizes


def spread(starts: Array, counts: Array) -> Array:
    """Return the indexes of many slices at once: ``counts[i]`` numbers from ``starts[i]`` on, for each i.

    >>> spread(np.array([10, 0]), np.array([2, 3])).tolist()
    [10, 11, 0, 1, 2]
    """
    counts = counts.astype(np.int64, copy=False)
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    result = np.repeat(starts - (ends - counts), counts)
    result += np.arange(total)
    return result


def run_starts(values: Array) -> Array:
    """Return the index of the first of each run of equal values.

    >>> run_starts(np.array([4, 4, 7, 4])).tolist()
    [0, 2, 3]
    """
    if not len(values):
        return np.empty(0, np.int64)
    return np.flatnonzero(np.concatenate(([True], values[1:] != values[:-1])))


def distinct(values: Array) -> Array:
    """Return ascending ``values`` without repeats.

    ``np.unique`` sorts first, and its first call imports ``numpy.ma``, 5 ms that no query has to wait for.

    >>> distinct(np.array([2, 2, 3, 7, 7])).tolist()
    [2, 3, 7]
    """
    result: Array = values[run_starts(values)]
    return result
