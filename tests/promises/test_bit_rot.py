"""Bytes that are not what was written never make an answer, a check finds all of them, and an update heals.

The blocks of the segments here are small, so that most of them are first read in the middle of a search.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copytree
from typing import Any, NamedTuple

import pytest
from indexes import Workbench, small_blocks

from indexer import Archive
from indexer.errors import ArchiveDamaged
from indexer.index.marks import marked_file
from indexer.storage.sections import FOOTER, FOOTER_BYTES

BITS = 8
STORY = " date 2023-11-{0:02d} Story {0}\nA summary of it.\n\nBody {0} with pauses and talks, in Gaza and in Tokyo.\n"
QUERIES: dict[str, dict[str, Any]] = {
    "two words": {"query": "gaza pauses"},
    "a phrase": {"query": '"pauses and talks"'},
    "a wildcard": {"query": "tok*"},
    "words left out": {"query": "story -5"},
    "days": {"query": "", "since": "2023-11-02", "sort": "newest"},
}
Damage = Callable[[Path], None]


class Case(NamedTuple):
    """An index of two generations, the answers of each, and which blocks a query reads."""

    root: Path
    newest: dict[str, Any]
    before: dict[str, Any]
    read: dict[str, dict[str, set[int]]]  # query -> file -> blocks


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Case:
    small_blocks(monkeypatch, BITS)
    bench = Workbench(tmp_path / "archive")
    for number in range(1, 5):
        bench.write(f"{number}.txt", STORY.format(number))
    bench.update()
    before = {name: ask(bench.root, name) for name in QUERIES}
    bench.write("5.txt", STORY.format(5))
    bench.update()
    newest = {name: ask(bench.root, name) for name in QUERIES}
    assert all(newest[name] != before[name] for name in QUERIES if name != "words left out")
    return Case(bench.root, newest, before, {name: blocks_read(bench.root, name) for name in QUERIES})


def blocks_read(root: Path, name: str) -> dict[str, set[int]]:
    """Return the blocks of each segment that a query compares with their checksums."""
    archive = Archive(root)
    archive.search(**QUERIES[name])
    snapshot = archive._index.open()
    files = {one.entry.name: one.segment.file for one in snapshot.segments}
    return {
        name: {block for block, unchecked in enumerate(file._unchecked) if not unchecked} for name, file in files.items()
    }


def ask(root: Path, name: str) -> Any:
    """Return everything that an answer says, and whether it says that it is an old one; None where it is refused."""
    archive = Archive(root)
    try:
        found = archive.search(**QUERIES[name])
    except ArchiveDamaged as refusal:
        assert str(root) in str(refusal)
        return None
    return found.total, found.hits, bool(archive.warnings)


def flips(path: Path, every: int, first: int) -> Iterator[tuple[str, int, Damage]]:
    """Yield damage of every ``every``-th byte of a file: what it is, where, and how it is done."""
    size = path.stat().st_size
    for place in range(first, size, every):
        yield f"flip at {place}", place, lambda path, place=place: flip(path, place)  # type: ignore[misc]


def flip(path: Path, place: int) -> None:
    data = bytearray(path.read_bytes())
    data[place] ^= 1 << place % 8
    path.write_bytes(data)


def other_damages(path: Path, other: Path) -> Iterator[tuple[str, Damage]]:
    """Yield everything else that may happen to a file; ``other`` is one of the same name from another index."""
    for size in range(0, path.stat().st_size, 512):
        yield f"cut at {size}", lambda path, size=size: path.write_bytes(path.read_bytes()[:size])  # type: ignore[misc]
    yield "a byte more", lambda path: path.write_bytes(path.read_bytes() + b"\0")
    yield "zeros", lambda path: path.write_bytes(bytes(path.stat().st_size))
    yield "the file of another index", lambda path: path.write_bytes(other.read_bytes())
    yield "deleted", lambda path: path.unlink()
    for sibling in path.parent.iterdir():
        if sibling.name > path.name and sibling.name != "lock":
            yield f"swapped with {sibling.name}", lambda path, name=sibling.name: swap(path, path.parent / name)  # type: ignore[misc]


def swap(one: Path, two: Path) -> None:
    one_data, two_data = one.read_bytes(), two.read_bytes()
    one.write_bytes(two_data)
    two.write_bytes(one_data)


def answers(case: Case, root: Path, what: str) -> dict[str, bool]:
    """Ask every query, without the marks of the one before; say which noticed the damage. Nothing may be wrong."""
    noticed = {}
    for name in QUERIES:
        for file in (root / "index_data").iterdir():
            if marked_file(file.name):
                file.unlink()
        answer = ask(root, name)
        if answer is None or answer[2]:
            noticed[name] = True
            assert answer is None or answer[:2] == case.before[name][:2], f"{what}: {name}"
        else:
            noticed[name] = False
            right = [case.newest[name]]
            if what.endswith("-manifest: deleted"):  # that commit was never made, as far as anybody can tell
                right.append(case.before[name])
            assert answer in right, f"{what}: {name}"
    return noticed


def heals(case: Case, root: Path, what: str, by_search: bool) -> None:
    """Check, then update or search; afterwards all is as it was."""
    report = Archive(root).check()
    assert report.problems, f"{what}: the check finds nothing"
    for problem in report.problems:
        if problem.damage is not None:
            assert Path(problem.damage.path).parent == root / "index_data" and problem.damage.path in problem.message
            assert problem.damage.offset is not None or "No such file" in problem.message
    archive = Archive(root)
    if by_search:
        archive.refresh()
        assert {name: ask(root, name) for name in QUERIES} == case.newest, what
    archive.update()
    assert {name: ask(root, name) for name in QUERIES} == case.newest, what
    assert Archive(root).check().problems == (), what


def first_unread_byte(path: Path) -> int:
    """Return where the blocks of a segment end and its checksums and footer begin, which are always read."""
    return int(FOOTER.unpack(path.read_bytes()[-FOOTER_BYTES:-8])[1])


@pytest.mark.timeout(600)
@pytest.mark.parametrize("every", [97 * 19, pytest.param(97, marks=pytest.mark.promises)])
def test_every_flipped_byte(case: Case, tmp_path: Path, every: int) -> None:
    tried = noticed_by_a_query = 0
    for file in sorted((case.root / "index_data").iterdir()):
        if file.name == "lock":
            continue
        for number, (how, place, damage) in enumerate(flips(file, every, len(file.name) % every)):
            what = f"{file.name}: {how}"
            root = tmp_path / "damaged" / f"{file.name}-{place}"
            copytree(case.root, root)
            damage(root / "index_data" / file.name)
            noticed = answers(case, root, what)
            for name, blocks in case.read.items():
                if file.name in blocks and (place >= first_unread_byte(file) or place >> BITS in blocks[file.name]):
                    assert noticed[name], f"{what}: {name} read it and did not notice"
                    noticed_by_a_query += 1
            heals(case, root, what, by_search=number % 2 == 0)
            tried += 1
    assert tried * every > 15_000
    assert noticed_by_a_query >= tried // 2


@pytest.mark.timeout(600)
@pytest.mark.parametrize("every", [9, pytest.param(1, marks=pytest.mark.promises)])
def test_files_cut_extended_swapped_deleted_and_of_another_index(case: Case, tmp_path: Path, every: int) -> None:
    other = Workbench(tmp_path / "other")
    for number in range(2, 4):
        other.write(f"{number}.txt", STORY.format(number))
        other.update()
    tried = 0
    for file in sorted((case.root / "index_data").iterdir()):
        if file.name == "lock":
            continue
        for how, damage in list(other_damages(file, other.directory.path / file.name))[len(file.name) % 3 :: every]:
            what = f"{file.name}: {how}"
            root = tmp_path / "damaged" / f"{file.name}-{tried}"
            copytree(case.root, root)
            damage(root / "index_data" / file.name)
            answers(case, root, what)
            heals(case, root, what, by_search=tried % 2 == 0)
            tried += 1
    assert tried >= 60 // every
