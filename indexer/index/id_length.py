"""How many digits of an id are enough to tell it from every other?

Only ids that are hashes are shown shortened; those that articles brought along are always shown whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise, takewhile

from indexer.index.manifest import MIN_ID_LENGTH
from indexer.index.records import Known

_BITS, _DIGIT = 64, 4


def id_length(articles: Iterable[Known]) -> int:
    """Return how many digits of a hash id tell it from every other id.

    >>> first = Known(0, 1, "0123456789abcdef", False, None)
    >>> id_length([first, first._replace(id="0123456780abcdef")])
    10
    """
    ids = sorted((known.id, known.own_id) for known in articles)
    shared = [
        sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False)))
        for (first, first_own), (second, second_own) in pairwise(ids)
        if not (first_own and second_own)
    ]
    return max(MIN_ID_LENGTH, max(shared, default=0) + 1)


def hash_length(hashes: bytes) -> int:
    """Return the same where all ids that count are hashes, each different, given as u8 one after the other.

    >>> hash_length(b"".join(n.to_bytes(8, "little") for n in (0x0123456789ABCDEF, 0x0123456780ABCDEF)))
    10
    """
    if len(hashes) < 16:
        return MIN_ID_LENGTH
    import numpy as np

    ordered = np.sort(np.frombuffer(hashes, "<u8"))
    nearest = int((ordered[1:] ^ ordered[:-1]).min())
    return max(MIN_ID_LENGTH, (_BITS - nearest.bit_length()) // _DIGIT + 1)
