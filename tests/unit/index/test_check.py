"""A check notices every change of every byte, and damaged bytes never make an answer."""

from collections import Counter
from pathlib import Path

import pytest
from indexes import ANALYZER, Workbench, contents
from whoosh import query
from whoosh.searching import Searcher

from indexer.errors import ArchiveDamaged, ArchiveError
from indexer.index.check import check, check_archive
from indexer.index.manifest import generation_of
from indexer.index.reader import Snapshot
from indexer.storage import FileDirectory

STORY = " date 2023-11-{0:02d} Story {0}\nA summary.\n\nBody {0} with some words of its own, and more of them.\n"


@pytest.fixture
def bench(tmp_path: Path) -> Workbench:
    bench = Workbench(tmp_path)
    for number in range(1, 4):
        bench.write(f"{number}.txt", STORY.format(number))
    bench.update()
    bench.write("4.txt", STORY.format(4))
    bench.remove("2.txt")
    bench.update()
    return bench


def spoil(path: Path, place: int) -> bytes:
    """Flip one bit, and return the bytes as they were."""
    data = path.read_bytes()
    path.write_bytes(data[:place] + bytes([data[place] ^ 1 << place % 8]) + data[place + 1 :])
    return data


def test_a_sound_index_has_nothing_wrong(bench: Workbench) -> None:
    assert check(bench.directory) == ()
    assert check(Workbench(bench.root / "empty").directory) == ()


def test_every_flipped_bit_is_found(bench: Workbench) -> None:
    found: Counter[bool] = Counter()
    with bench.snapshot() as snapshot:
        files = [*snapshot.manifest.names(), "00000002-manifest"]
    for name in files:
        path = bench.directory.path / name
        for place in range(0, path.stat().st_size, 97):
            before = spoil(path, place)
            found[bool(check(bench.directory))] += 1
            path.write_bytes(before)
    assert found[True] > 100
    assert found[False] == 0


def test_a_missing_file_and_a_stray_one_are_named(bench: Workbench) -> None:
    bench.directory.write("00000003-segment.0", b"")
    bench.directory.write("notes.txt", b"")
    left = "00000003-segment.0 is left over from an update that was stopped; the next one deletes it"
    assert bench.faults() == (left,)
    bench.directory.delete("00000002-segment.0")
    assert "00000002-segment.0" in bench.faults()[0]


def test_what_an_index_lacks_is_found(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.index.builder.SegmentBuilder.add", lambda builder, article: None)
    monkeypatch.setattr("indexer.index.manifest._check", lambda manifest: None)
    bench.write("5.txt", STORY.format(5))
    bench.update()
    assert bench.faults() == ("index and ledger differ in 1 articles. Run: indexer build",)


def question(snapshot: Snapshot) -> object:
    tree = query.Or([query.Term("text", "bodi"), query.Phrase("text", ["some", "word"]), query.Prefix("text_exact", "b")])
    return list(Searcher(snapshot.reader).docs_for_query(tree)), contents(snapshot)


@pytest.mark.promises
def test_damaged_bytes_raise_damage_or_nothing(bench: Workbench) -> None:
    with bench.snapshot() as snapshot:
        expected = question(snapshot)
        files = [segment.name for segment in snapshot.manifest.segments]
    outcomes: Counter[str] = Counter()
    for name in files:
        assert generation_of(name) is not None
        path = bench.directory.path / name
        for place in range(0, path.stat().st_size, 61):
            before = spoil(path, place)
            try:
                with bench.snapshot() as snapshot:
                    outcomes["same" if question(snapshot) == expected else "other"] += 1
            except ArchiveDamaged as damage:
                assert name in str(damage)
                outcomes["damage"] += 1
            path.write_bytes(before)
    assert outcomes["damage"] > 50


class Overtaken(FileDirectory):
    """A directory in which an update deletes what was listed, a number of times."""

    def __init__(self, bench: Workbench, times: int) -> None:
        super().__init__(bench.directory.path)
        self.bench = bench
        self.times = times

    def read(self, name: str, limit: int | None = None) -> bytes:
        if self.times and name.endswith("-manifest"):
            self.times -= 1
            for number in range(2):
                self.bench.write("5.txt", STORY.format(number + 2 * abs(self.times) % 20 + 1))
                self.bench.update()
        return super().read(name, limit)


def test_a_check_that_is_overtaken_begins_anew(bench: Workbench) -> None:
    report = check_archive(bench.seeds, Overtaken(bench, 2), ANALYZER)
    assert report.problems == ()
    assert report.generation == 6


def test_a_check_that_is_always_overtaken_gives_up(bench: Workbench) -> None:
    with pytest.raises(ArchiveError, match="changes faster than it can be checked"):
        check_archive(bench.seeds, Overtaken(bench, -1), ANALYZER)
