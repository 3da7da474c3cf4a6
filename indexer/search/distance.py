"""How many letters are two words apart?

Levenshtein's distance: the insertions, deletions and replacements of a letter that turn one into the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indexer.search.kernels import Array


def within(left: str, right: str, most: int) -> bool:
    """Say whether ``left`` and ``right`` are at most ``most`` letters apart.

    By rows, given up as soon as a whole row exceeds ``most``.

    >>> within("ceasfire", "ceasefire", 1), within("gazza", "gza", 1)
    (True, False)
    """
    if abs(len(left) - len(right)) > most:
        return False
    row = list(range(len(right) + 1))
    for i, letter in enumerate(left, 1):
        diagonal, row[0] = row[0], i
        for j, other in enumerate(right, 1):
            above = row[j]
            row[j] = min(above + 1, row[j - 1] + 1, diagonal + (letter != other))
            diagonal = above
        if min(row) > most:
            return False
    return row[-1] <= most


def distances(word: str, others: list[str]) -> Array:
    """Return how far each of ``others`` is from ``word``: letter by letter for all at once.

    >>> distances("gaza", ["gaza", "gazza", "aza", ""]).tolist()
    [0, 1, 1, 4]
    """
    import numpy as np

    lengths = np.fromiter(map(len, others), np.int64, len(others))
    widest = int(lengths.max(initial=0))
    padded = "".join(other.ljust(widest, "\0") for other in others)
    letters = np.frombuffer(padded.encode("utf-32-le", "surrogatepass"), np.uint32)
    letters = np.ascontiguousarray(letters.reshape(len(others), widest).T)
    column = np.arange(widest + 1, dtype=np.int32)[:, None]
    # Rows are kept less the column: an insertion then costs nothing, and all of them are one running minimum.
    row = np.zeros((widest + 1, len(others)), np.int32)
    for letter in word:
        below = row + 1
        np.minimum(below[1:], row[:-1] - (letters == ord(letter)), out=below[1:])
        row = np.minimum.accumulate(below, axis=0)
    row += column
    last: Array = row[lengths, np.arange(len(others))]
    return last
