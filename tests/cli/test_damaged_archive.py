"""Promise: damage is told in a line, answered around where that can be done, and gone after the next update."""

import errno
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from indexes import Workbench, small_blocks

from indexer import Archive
from indexer.cli.keeper import main as keeper
from indexer.cli.search import main as search
from indexer.errors import StorageError
from indexer.index.marks import marked_file
from indexer.storage import FileDirectory

BITS = 8
STORY = " date 2023-11-{0:02d} Story {0}\n\nBody {0} of it, with pauses.\n"


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workbench:
    """An archive of two generations and two segments, in small blocks: damage comes to light in mid-search."""
    small_blocks(monkeypatch, BITS)
    bench = Workbench(tmp_path)
    for number in (1, 2):
        bench.write(f"{number}.txt", STORY.format(number))
        bench.update()
    return bench


def run(command: object, bench: Workbench, *words: str) -> Result:
    return CliRunner().invoke(command, [*words, "--archive", str(bench.root)])  # type: ignore[arg-type]


def spoil(bench: Workbench, name: str, section: str = "doc.headline") -> int:
    """Flip a bit of a section that is read late; return where its block begins."""
    from indexer.codec.segment import KIND, VERSION
    from indexer.storage.sections import SectionFile

    place = SectionFile.open(bench.directory, name, KIND, VERSION)[section]._start
    path = bench.directory.path / name
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)
    return place >> BITS << BITS


def test_a_search_answers_from_the_index_before_and_says_so(bench: Workbench) -> None:
    at = spoil(bench, "00000002-segment.0")
    with bench.snapshot() as snapshot:
        first = snapshot.id(0)
    for words in (["story"], ["--count", "story"], ["--read", first, "story"]):
        result = run(search, bench, "--no-update", *words)
        assert result.exit_code == 0
        assert "Story 2" not in result.stdout and ("1" in result.stdout)
        (note,) = result.stderr.splitlines()
        assert note.startswith("note: the newest index is unusable (")
        assert f"00000002-segment.0 is damaged at byte {at:,}: its bytes are not what was written" in note
        assert note.endswith("answered from the one before it. Run: indexer update")
    assert [marked_file(name) for name in bench.directory.names() if marked_file(name)] == ["00000002-segment.0"]


def test_a_search_answers_where_no_mark_can_be_left(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(directory: FileDirectory, name: str, data: bytes) -> None:
        raise StorageError("create", str(directory.path / name), OSError(errno.EROFS, "Read-only file system"))

    spoil(bench, "00000002-segment.0")
    monkeypatch.setattr(FileDirectory, "write", refuse)
    archive = Archive(bench.root)
    for _ in range(2):
        results = archive.search("story")
        assert [hit.headline for hit in results.hits] == ["Story 1"]
        assert len(results.notes) == len(archive.warnings) == 1
    assert archive.status().generation == 1 and not archive.status().up_to_date
    assert not any(map(marked_file, bench.directory.names()))


def test_the_next_search_heals(bench: Workbench) -> None:
    spoil(bench, "00000002-segment.0")
    run(search, bench, "--no-update", "story")
    result = run(search, bench, "story")
    assert "Story 1" in result.stdout and "Story 2" in result.stdout
    assert len(result.stderr.splitlines()) == 1
    assert run(search, bench, "story").stderr == ""
    assert run(keeper, bench, "check").exit_code == 0
    assert not any(map(marked_file, bench.directory.names()))


def test_where_the_index_before_needs_the_same_file_a_search_refuses(bench: Workbench) -> None:
    spoil(bench, "00000001-segment.0")
    result = run(search, bench, "--no-update", "story")
    assert (result.exit_code, result.stdout) == (3, "")
    (line,) = result.stderr.splitlines()
    assert "and the index before it needs the same file. Run: indexer update" in line
    assert run(search, bench, "story").exit_code == 0
    assert bench.contents() == bench.rebuilt()


def test_a_check_names_file_and_offset_and_an_update_heals(bench: Workbench) -> None:
    at = spoil(bench, "00000001-segment.0")
    result = run(keeper, bench, "check")
    assert result.exit_code == 1
    (line,) = result.stdout.splitlines()
    assert line.endswith(f"00000001-segment.0 is damaged at byte {at:,}: its bytes are not what was written")
    assert run(keeper, bench, "status").exit_code == 1
    result = run(keeper, bench, "update")
    assert result.exit_code == 0
    assert "all articles were indexed anew" in result.stderr
    assert run(keeper, bench, "check", "--deep").exit_code == 0


def test_a_check_tells_what_is_pending(bench: Workbench) -> None:
    bench.write("3.txt", STORY.format(3))
    bench.write("1.txt", STORY.format(1) + "More.\n")
    bench.remove("2.txt")
    result = run(keeper, bench, "check")
    assert result.exit_code == 1
    told = [line.partition(" (article ")[0] + line.partition(")")[2] for line in result.stdout.splitlines()]
    assert sorted(told) == [
        "seeds/1.txt:1 is in the index as it was before. Run: indexer update",
        "seeds/2.txt:1 is in the index, but no longer in seeds. Run: indexer update",
        "seeds/3.txt:1 is not in the index yet. Run: indexer update",
    ]


def test_an_edit_that_left_no_trace_is_found_by_a_check(bench: Workbench) -> None:
    import os

    path = bench.folder / "2.txt"
    stamp = path.stat()
    path.write_text(path.read_text().replace("pauses", "breaks"))
    os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert run(keeper, bench, "status").exit_code == 0
    assert run(keeper, bench, "check").exit_code == 1


def test_a_check_that_cannot_be_made_is_3(bench: Workbench, tmp_path: Path) -> None:
    fresh = Workbench(tmp_path / "fresh")
    assert run(keeper, fresh, "check").exit_code == 3
    bench.folder.rename(bench.root / "elsewhere")
    result = run(keeper, bench, "check")
    assert (result.exit_code, result.stdout) == (3, "")
    assert len(result.stderr.splitlines()) == 1
