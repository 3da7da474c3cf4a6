"""However an archive grows and shrinks, its segments stay few and its articles are seldom rewritten."""

import random

from hypothesis import given
from hypothesis import strategies as st

from indexer.index.manifest import FileSum, SegmentEntry
from indexer.index.merge import FAN_IN, choose, is_wasteful, tier


def entry(generation: int, docs: int, deleted: tuple[int, ...] = ()) -> SegmentEntry:
    return SegmentEntry(generation, 0, docs, FileSum(0, 0), deleted)


def grow(segments: list[SegmentEntry], generation: int, added: int) -> tuple[list[SegmentEntry], int]:
    """Return the segments after an update, and how many articles it wrote."""
    merged = choose(segments, added)
    written = added + sum(segment.live for segment in merged)
    left = [segment for segment in segments if segment not in merged]
    return ([*left, entry(generation, written)] if written else left), written


def test_a_thousand_updates_of_one_article_leave_few_segments() -> None:
    segments: list[SegmentEntry] = []
    total = 0
    for generation in range(1, 1001):
        segments, written = grow(segments, generation, 1)
        total += written
        assert len(segments) <= (FAN_IN - 1) * (tier(generation) + 1)
    assert sum(segment.live for segment in segments) == 1000
    assert total <= 1000 * 6


@given(st.lists(st.integers(1, 5000), max_size=60))
def test_no_tier_is_ever_full(sizes: list[int]) -> None:
    segments: list[SegmentEntry] = []
    for generation, added in enumerate(sizes, 1):
        segments, _ = grow(segments, generation, added)
        tiers = [tier(segment.live) for segment in segments]
        assert all(tiers.count(level) < FAN_IN for level in tiers)
    assert sum(segment.live for segment in segments) == sum(sizes)


def test_a_million_articles_are_written_a_few_times_each() -> None:
    sizes = random.Random(1).choices((10, 100, 1000, 10_000), k=400)
    segments: list[SegmentEntry] = []
    total = 0
    for generation, added in enumerate(sizes, 1):
        segments, written = grow(segments, generation, added)
        total += written
    assert len(segments) <= (FAN_IN - 1) * (tier(sum(sizes)) + 1)
    assert total / sum(sizes) < tier(sum(sizes)) + 1


def test_a_large_segment_is_left_alone_by_small_updates() -> None:
    big = entry(1, 100_000)
    assert choose([big], 1) == []
    assert choose([big, entry(2, 10), entry(3, 10), entry(4, 10)], 1) == [
        entry(2, 10),
        entry(3, 10),
        entry(4, 10),
    ]


def test_what_is_mostly_deleted_is_written_anew() -> None:
    third = entry(1, 9, (0, 1, 2))
    more = entry(1, 9, (0, 1, 2, 3))
    assert choose([third], 0) == [] and not is_wasteful(third)
    assert choose([more], 0) == [more]
    assert choose([entry(1, 2, (0, 1))], 0) == [entry(1, 2, (0, 1))]
