"""Which fields does an article have in the index, and what do they depend on?

The schema is code. A manifest keeps only its fingerprint: an index written under another fingerprint is never
interpreted, the next update rebuilds it from the seeds.

    id, path, source     one term each, verbatim
    text                 stems of headline, summary and body in one space of positions
    text_exact           the words as they stand, at the same positions
    day                  proleptic Gregorian ordinal, as a column too; missing where undated
    (stored)             what is needed to show an article without opening its seed

Positions: the headline starts at 0; GAP positions lie between headline and summary and between summary
and body, so that no phrase reaches across. The weight of a posting is the sum of the weights of the parts
its words stand in (``codec.impact``): one posting list carries what BM25F needs.
"""

import json

from indexer.codec.impact import WEIGHTS, Weights
from indexer.codec.segment import VERSION
from indexer.storage.digest import quick_digest

GAP = 100

# Raise it whenever the same seeds and settings would be indexed differently: every index is rebuilt once.
# 1: first version
# 2 to 5: sketches
REINDEX_VERSION = 5


def fingerprint(analysis: str = "", weights: Weights = WEIGHTS) -> str:
    """Return 16 hex digits that change with everything an index depends on.

    ``analysis`` is the fingerprint of the analyser's settings.

    >>> fingerprint("english") == fingerprint("german")
    False
    """
    basis = {
        "version": REINDEX_VERSION,
        "segments": VERSION,
        "gap": GAP,
        "weights": weights._asdict(),
        "analysis": analysis,
    }
    return f"{quick_digest(json.dumps(basis, sort_keys=True).encode()):016x}"
