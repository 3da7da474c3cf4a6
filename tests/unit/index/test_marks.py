"""A file that is known to be damaged is trusted by nobody, and gone with the next update."""

from pathlib import Path

import pytest
from indexes import FINGERPRINT, Workbench, contents

from indexer import Archive
from indexer.errors import ArchiveDamaged
from indexer.index.base import find_base
from indexer.index.manifest import KINDS, generation_of
from indexer.index.marks import KIND, damaged_file, mark, mark_name, marked_file, marks
from indexer.index.reader import open_snapshot

STORY = " date 2023-11-{0:02d} Story {0}\n\nBody {0} of it.\n"


@pytest.fixture
def bench(tmp_path: Path) -> Workbench:
    """Two generations: the first of segment 1, the second of segments 1 and 2."""
    bench = Workbench(tmp_path)
    for number in (1, 2):
        bench.write(f"{number}.txt", STORY.format(number))
        bench.update()
    return bench


def damage(bench: Workbench, name: str) -> ArchiveDamaged:
    return ArchiveDamaged(f"{name} is damaged at byte 512: by a test", str(bench.directory.path / name), 512)


def test_a_mark_is_a_file_of_ours_that_says_what_it_is_about() -> None:
    name = mark_name(12, "00000007-segment.0")
    assert KIND in KINDS
    assert generation_of(name) == 12
    assert marked_file(name) == "00000007-segment.0"
    for other in ("00000012-damaged", "00000012-segment.0", "x-damaged.00000007-segment.0", "damaged.x", "12-damaged.x"):
        assert marked_file(other) is None


@pytest.mark.parametrize("path", ["", "/etc/passwd", "/x/00000003-manifest", "/x/00000003-damaged.y", "/x/lock"])
def test_only_files_that_a_manifest_names_are_marked(bench: Workbench, path: str) -> None:
    before = set(bench.directory.names())
    assert damaged_file(ArchiveDamaged("...", path)) is None
    mark(bench.directory, 2, ArchiveDamaged("...", path))
    assert set(bench.directory.names()) == before


def test_a_mark_holds_the_reason_for_people(bench: Workbench) -> None:
    mark(bench.directory, 2, damage(bench, "00000002-segment.0"))
    mark(bench.directory, 2, damage(bench, "00000002-segment.0"))
    found = marks(bench.directory, bench.directory.names())
    assert found == {"00000002-segment.0": "00000002-segment.0 is damaged at byte 512: by a test"}
    (bench.directory.path / mark_name(2, "00000002-segment.0")).write_bytes(b"")
    found = marks(bench.directory, bench.directory.names())
    assert found == {"00000002-segment.0": f"{bench.directory.path / '00000002-segment.0'} was found damaged"}


def test_a_mark_that_cannot_be_written_fails_nobody(bench: Workbench) -> None:
    mark(bench.directory, 2, damage(bench, "00000009-segment.0"))  # deleted by an update meanwhile
    assert marks(bench.directory, bench.directory.names()) == {}
    (bench.directory.path / mark_name(2, "00000002-segment.0")).mkdir()
    mark(bench.directory, 2, damage(bench, "00000002-segment.0"))
    assert marks(bench.directory, bench.directory.names()) == {}


def test_a_generation_that_needs_a_marked_file_does_not_answer(bench: Workbench) -> None:
    mark(bench.directory, 2, damage(bench, "00000002-segment.0"))
    with bench.snapshot() as snapshot:
        assert snapshot.generation == 1
        assert "byte 512: by a test); answered from the one before it. Run: indexer update" in snapshot.notes[0]
        assert not snapshot.is_current(bench.seeds.discover()[0], FINGERPRINT)


def test_where_both_generations_need_it_that_is_said(bench: Workbench) -> None:
    mark(bench.directory, 2, damage(bench, "00000001-segment.0"))
    with pytest.raises(ArchiveDamaged) as refusal:
        bench.snapshot()
    message = str(refusal.value)
    assert "byte 512: by a test, and the index before it needs the same file. Run: indexer update" in message


def test_an_update_starts_from_what_does_without_it(bench: Workbench) -> None:
    mark(bench.directory, 2, damage(bench, "00000002-segment.0"))
    assert find_base(bench.directory, FINGERPRINT).manifest.generation == 1
    report = bench.update()
    assert (report.parsed, report.added, report.generation) == (1, 1, 3)
    assert report.notes == ("00000002-segment.0 is damaged at byte 512: by a test",)
    assert bench.contents() == bench.rebuilt()
    assert bench.faults() == ()
    assert not [name for name in bench.directory.names() if name.startswith("00000002")]


def test_an_update_starts_from_nothing_where_everything_needs_it(bench: Workbench) -> None:
    mark(bench.directory, 1, damage(bench, "00000001-segment.0"))
    report = bench.update()
    assert (report.parsed, report.added, report.generation) == (2, 2, 3)
    assert report.notes[-1] == "all articles were indexed anew"
    assert bench.contents() == bench.rebuilt()
    assert bench.faults() == ()
    assert {generation_of(name) for name in bench.directory.names()} == {None, 3}


def test_a_mark_lives_as_long_as_its_file(bench: Workbench) -> None:
    """A generation published while a reader marked one of its files is kept, and so is the mark."""
    from indexer.index.commit import collect_garbage

    name = mark_name(1, "00000001-segment.0")
    mark(bench.directory, 1, damage(bench, "00000001-segment.0"))
    collect_garbage(bench.directory)
    left = set(bench.directory.names())
    assert left >= {name, "00000002-manifest", "00000001-segment.0", "00000002-segment.0"}
    assert "00000001-manifest" not in left
    bench.update()
    assert name not in bench.directory.names()


def test_the_generation_kept_behind_the_newest_is_a_whole_one(bench: Workbench) -> None:
    bench.directory.delete("00000002-segment.0")
    bench.update()
    kept = {name for name in bench.directory.names() if name.endswith("-manifest")}
    assert kept == {"00000001-manifest", "00000003-manifest"}


def test_a_segment_cut_at_its_end_is_rebuilt_although_no_seed_changed(bench: Workbench) -> None:
    path = bench.directory.path / "00000002-segment.0"
    data = bytearray(path.read_bytes())
    data[-20] ^= 1
    path.write_bytes(data)
    report = bench.update()
    assert (report.generation, report.unchanged + report.added) == (3, 2)
    assert bench.faults() == ()


def test_files_of_an_open_archive_that_cannot_be_marked_are_left_all_the_same(bench: Workbench) -> None:
    marked = {"00000002-segment.0": "it is damaged"}
    with open_snapshot(bench.directory, FINGERPRINT, marked) as snapshot:
        assert snapshot.generation == 1
        assert next(iter(contents(snapshot)["articles"].values()))[0].path == "1.txt"


def test_an_index_of_the_first_format_is_built_anew(tmp_path: Path) -> None:
    bench = Workbench(tmp_path)
    bench.directory.make()
    for file in (Path(__file__).parent / "format_1").iterdir():
        (bench.directory.path / file.name).write_bytes(file.read_bytes())
    bench.write("a.txt", STORY.format(8))
    old = set(bench.directory.names())
    with pytest.raises(ArchiveDamaged, match=r"has format 1, this version of the tool reads 4.*Run: indexer update"):
        bench.snapshot()
    freshness = Archive(tmp_path).refresh()
    assert freshness.report is not None
    assert freshness.report.added == 1
    old_manifest, anew = freshness.report.notes
    assert old_manifest.endswith("00000003-manifest has format 1, this version of the tool reads 4")
    assert anew == "all articles were indexed anew"
    assert not old & set(bench.directory.names())
    assert bench.contents() == bench.rebuilt()
    assert bench.faults() == ()
