"""Opening an index costs the same whatever its size, and a search reads what it needs."""

import json
import tracemalloc
from pathlib import Path

import pytest
from indexes import Workbench, small_blocks

from indexer.index.reader import Snapshot

BITS = 10


@pytest.fixture
def benches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Workbench, Workbench]:
    """An index and one twenty times as large, of small blocks."""
    small_blocks(monkeypatch, BITS)
    found = []
    for size in (100, 2_000):
        bench = Workbench(tmp_path / str(size))
        lines = (
            {"date": f"2023-{n % 12 + 1:02d}-01", "headline": f"Story {n}", "body": f"Pauses number {n} and {n * n}."}
            for n in range(size)
        )
        bench.write("wire.jsonl", "".join(json.dumps(line) + "\n" for line in lines))
        bench.update()
        found.append(bench)
    small, large = found
    return small, large


def blocks(snapshot: Snapshot) -> tuple[int, int]:
    """Return how many blocks have been compared with their checksums, and how many there are."""
    files = [one.segment.file for one in snapshot.segments]
    return sum(file.blocks_checked() for file in files), sum(len(file._checks) for file in files)


def test_opening_reads_the_same_of_any_index(benches: tuple[Workbench, Workbench]) -> None:
    checked, sizes, peaks = [], [], []
    for bench in (*benches, *benches):
        tracemalloc.start()
        with bench.snapshot() as snapshot:
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
            done, total = blocks(snapshot)
            checked.append(done)
            sizes.append(total)
    assert sizes[1] > 10 * sizes[0]
    assert max(checked) <= 8  # the header, and a table of a few kilobytes
    assert abs(checked[0] - checked[1]) <= 1
    assert peaks[3] < 1.2 * peaks[2] + sizes[1] * 4 + 10_000  # four bytes a block, and no more


def test_one_article_reads_a_few_blocks(benches: tuple[Workbench, Workbench]) -> None:
    for bench in benches:
        with bench.snapshot() as snapshot:
            before = blocks(snapshot)[0]
            snapshot.article(7)
            assert blocks(snapshot)[0] - before < 40
