"""How common is a term in the whole collection, and how long is an article?

Counted over live documents only, so that an index scores like one built afresh from the same articles,
whatever its history of updates and deletions. BM25F: one list per term carries weighted occurrences in
headline, summary and body; see ``indexer.codec.impact``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from indexer.codec.impact import CODES, K1, B, impact_table, impacts
from indexer.search.kernels import Array

if TYPE_CHECKING:
    from collections import Counter

    from indexer.search.part import Part


class Statistics:
    """Numbers about all parts of a snapshot together."""

    def __init__(self, parts: Sequence[Part], k1: float = K1, b: float = B) -> None:
        self.parts = parts
        self.k1, self.b = k1, b
        self.n_docs = sum(part.n_live for part in parts)
        length = sum(part.live_length() for part in parts)
        self.average = length / self.n_docs if self.n_docs else 0.0
        self.frequencies: dict[tuple[object, ...], Counter[bytes]] = {}  # of forms, by what stands for them
        self._idf: dict[tuple[str, str], float] = {}
        self._tables: dict[int, Array] = {}
        self._computed = 0  # impacts without a table

    def idf(self, field: str, term: str) -> float:
        """Return how much an occurrence of a term is worth: ln(1 + (N - df + 0.5) / (df + 0.5)), as Lucene
        has it.

        Whoosh adds 1 to every word's; then common words count for more beside rare ones than they should.
        """
        key = (field, term)
        known = self._idf.get(key)
        if known is None:
            lists = (part.term(field, term) for part in self.parts)
            df = sum(one.live_df() for one in lists if one is not None)
            known = self._idf[key] = float(inverse_frequency(self.n_docs, np.array(df)))
        return known

    def impacts(self, part: Part, codes: Array) -> Array:
        """Return the impact of each posting of ``part`` from its code; those of weight 255 are too small."""
        unit = part.segment.weights.unit
        table = self._tables.get(unit)
        if table is None:
            self._computed += len(codes)
            if self._computed < CODES:  # one search of a few thousand postings does not pay for a table
                return self.exact_impacts(part, codes >> np.uint16(8), codes & np.uint16(0xFF))
            table = impact_table(part.lengths, self.average, unit, self.k1, self.b)
            self._tables[unit] = table
        found: Array = table.take(codes)
        return found

    def exact_impacts(self, part: Part, weight: Array, length_byte: Array) -> Array:
        """Return impacts from exact weights (in units) and length bytes."""
        scale = part.segment.weights.unit
        return impacts(weight / scale, part.lengths[length_byte], self.average, self.k1, self.b)


def inverse_frequency(n_docs: int, df: Array) -> Array:
    """Return the idf of terms that ``df`` of ``n_docs`` documents hold."""
    result: Array = np.log1p((n_docs - df + 0.5) / (df + 0.5))
    return result
