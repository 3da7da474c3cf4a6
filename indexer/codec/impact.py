"""How much can one posting add to a score?

BM25 without its idf (Robertson & Zaragoza, "The Probabilistic Relevance Framework", 2009, as Whoosh
computes it):

    impact(weight, length) = weight (k1 + 1) / (weight + k1 (1 - b + b length / average))

Weight is the number of occurrences, each counted with the weight of its part of the article. A posting
keeps both in a u16: weight in units in the high byte (255: look aside), length as one byte in the low, so
that one table of 65,536 numbers turns postings into scores, and nothing has to be rewritten when the
average length moves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from indexer.codec.arrays import Array

CODES = 1 << 16  # different ones
# Tuned on some collections, reported on others: docs/effectiveness.md.
K1 = 1.2
B = 0.5


class Weights(NamedTuple):
    """What an occurrence in each part counts, in ``unit``s: 6, 3 and 2 units of 2 are 3, 1.5 and 1."""

    headline: int = 6
    summary: int = 3
    body: int = 2
    unit: int = 2


WEIGHTS = Weights()


def impacts(weight: Array, length: Array, average: float, k1: float = K1, b: float = B) -> Array:
    """Return the impact of each posting; ``average`` 0 means that there is no text at all."""
    weight = weight.astype("f8", copy=False)
    below = weight + k1 * ((1.0 - b) + b * length / (average or 1.0))
    below[below == 0.0] = 1.0  # neither words nor, where b is 1, length: no impact
    result: Array = weight * (k1 + 1.0) / below
    return result


def impact_table(lengths: Array, average: float, unit: int, k1: float = K1, b: float = B) -> Array:
    """Return the impact of every code, float64[65536]; ``lengths``: what each length byte means."""
    import numpy as np

    weight = np.repeat(np.arange(256) / unit, 256)
    return impacts(weight, np.tile(lengths, 256), average, k1, b)


class Lengths(NamedTuple):
    """The lengths of all documents as postings know them."""

    byte: Array  # u1, one byte each
    meant: Array  # what that byte means
    average: float  # of the exact lengths

    @classmethod
    def of(cls, lengths: Array) -> Lengths:
        """Quantise exact ``lengths`` to the first entry of ``length_table`` not below, or the last."""
        import numpy as np

        table = length_table()
        byte = np.minimum(np.searchsorted(table, lengths), len(table) - 1).astype(np.uint8)
        return cls(byte, table[byte], float(lengths.mean()) if len(lengths) else 0.0)


def length_table() -> Array:
    """Return what each length byte means: Whoosh's table, so that scores can be equal to Whoosh's."""
    import numpy as np
    from whoosh.util.numeric import byte_to_length

    return np.array([byte_to_length(byte) for byte in range(256)], np.uint32)
