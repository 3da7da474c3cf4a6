"""Which segments are written anew together with the new articles?

Tiers, as in a log-structured merge tree: tier 0 holds segments of fewer than FLOOR live articles, tier t
those of fewer than FLOOR * FAN_IN**t. When FAN_IN segments, the new one included, meet in a tier, they
become one, with everything in the tiers below. So there are at most FAN_IN - 1 segments a tier, some 27
in a million articles, and an article is written about once a tier. A segment with more than a third of
its articles deleted is written anew as well, and an empty one dropped.
"""

from collections import Counter
from collections.abc import Sequence

from indexer.index.manifest import SegmentEntry

FLOOR = 16
FAN_IN = 4
DEAD_SHARE = 1 / 3


def tier(live: int) -> int:
    """Return the tier of a segment with so many live articles.

    >>> [tier(live) for live in (1, 15, 16, 63, 64)]
    [0, 0, 1, 1, 2]
    """
    level, bound = 0, FLOOR
    while live >= bound:
        level, bound = level + 1, bound * FAN_IN
    return level


def choose(segments: Sequence[SegmentEntry], added: int) -> list[SegmentEntry]:
    """Return the segments to merge with ``added`` new articles, in the order of ``segments``."""
    chosen = {segment.name for segment in segments if is_wasteful(segment)}
    while True:
        left = [segment for segment in segments if segment.name not in chosen]
        size = added + sum(segment.live for segment in segments if segment.name in chosen)
        levels = Counter(tier(segment.live) for segment in left)
        levels[tier(size)] += 1 if size else 0
        full = [level for level, count in levels.items() if count >= FAN_IN]
        if not full:
            return [segment for segment in segments if segment.name in chosen]
        chosen.update(segment.name for segment in left if tier(segment.live) <= min(full))


def is_wasteful(segment: SegmentEntry) -> bool:
    """Say whether so much of a segment is deleted that it should be written anew, or dropped."""
    return segment.docs == 0 or len(segment.deleted) > DEAD_SHARE * segment.docs
