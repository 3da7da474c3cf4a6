"""Of very many seeds a search looks at folders and the newest files, and misses nothing that it promises to see."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from indexes import LONG_AGO, Workbench

from indexer.archive import Archive
from indexer.documents.discover import Stamp, folders
from indexer.errors import ArchiveDamaged
from indexer.index.glance import NEVER, Glance, glance, is_same, seeds_digest
from indexer.index.manifest import Manifest, decode, encode
from indexer.limits import LIMITS

FEW = LIMITS._replace(seeds_listed=3, seeds_glanced=2)
STORY = "8 November 2023\n\nStory {}\n\nIt happened.\n"


@pytest.fixture
def bench(tmp_path: Path) -> Workbench:
    """Five old seeds in three folders that changed long ago, indexed under limits that make them many."""
    bench = Workbench(tmp_path)
    for number, path in enumerate(("a.txt", "b.txt", "in/c.txt", "in/deep/d.txt", "in/e.txt")):
        bench.write(path, STORY.format(number))
    (bench.folder / ".hidden").mkdir()
    age(bench)
    bench.update(limits=FEW)
    return bench


def age(bench: Workbench) -> None:
    for path, _ in folders(bench.folder):
        os.utime(bench.folder / path, ns=(LONG_AGO, LONG_AGO))


def known(bench: Workbench) -> Glance:
    with bench.snapshot() as snapshot:
        assert snapshot.manifest.glance is not None
        return snapshot.manifest.glance


def is_current(bench: Workbench) -> bool:
    with bench.snapshot() as snapshot:
        return snapshot.knows(bench.seeds)


@contextmanager
def looks(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The folders listed and the files and folders looked at meanwhile."""
    seen: list[str] = []
    with monkeypatch.context() as patch:
        for name in ("stat", "scandir"):
            plain = getattr(os, name)
            patch.setattr(os, name, lambda path, *a, plain=plain, **k: (seen.append(os.fspath(path)), plain(path, *a, **k))[1])
        yield seen


def test_a_manifest_keeps_folders_and_the_newest_files(bench: Workbench) -> None:
    look = known(bench)
    assert look.folders == (("", LONG_AGO), ("in/", LONG_AGO), ("in/deep/", LONG_AGO))
    assert [stamp.path for stamp in look.files] == ["in/deep/d.txt", "in/e.txt"]
    assert is_current(bench)


def test_a_search_looks_at_nothing_else(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    with bench.snapshot() as snapshot, looks(monkeypatch) as seen:
        assert snapshot.knows(bench.seeds)
    root = f"{bench.folder}/"
    assert seen == [root, root + "in/", root + "in/deep/", root + "in/deep/d.txt", root + "in/e.txt"]


def test_few_seeds_are_all_looked_at(tmp_path: Path) -> None:
    bench = Workbench(tmp_path)
    for number in range(3):
        bench.write(f"{number}.txt", STORY.format(number))
    bench.update(limits=FEW)
    with bench.snapshot() as snapshot:
        assert snapshot.manifest.glance is None
        bench.touch("0.txt")
        assert not snapshot.knows(bench.seeds)


@pytest.mark.parametrize("path", ["new.txt", "in/new.txt", "in/deep/new.txt", "in/new/new.txt"])
def test_a_new_file_is_seen_in_any_folder(bench: Workbench, path: str) -> None:
    bench.write(path, STORY.format(9))
    assert not is_current(bench)
    age(bench)
    assert bench.update(limits=FEW).added == 1
    assert is_current(bench)


@pytest.mark.parametrize("path", ["a.txt", "in/deep/d.txt"])
def test_a_file_that_goes_or_gets_another_name_is_seen(bench: Workbench, path: str) -> None:
    bench.rename(path, path + ".old")
    assert not is_current(bench)
    age(bench)
    bench.update(limits=FEW)
    assert is_current(bench)
    bench.remove(path + ".old")
    assert not is_current(bench)


def test_the_edit_of_one_of_the_newest_files_is_seen(bench: Workbench) -> None:
    bench.write("in/e.txt", STORY.format("four, corrected"))
    assert not is_current(bench)


def test_the_edit_of_an_old_file_is_seen_by_an_update_only(bench: Workbench) -> None:
    file = bench.folder / "a.txt"
    with file.open("a", encoding="utf-8") as opened:  # in place: its folder does not change
        opened.write("It was corrected.\n")
    os.utime(file, ns=(LONG_AGO + 500, LONG_AGO + 500))
    assert is_current(bench)
    report = bench.update(limits=FEW)
    assert (report.changed, report.unchanged) == (1, 4)
    assert [stamp.path for stamp in known(bench).files] == ["a.txt", "in/e.txt"]


def test_a_folder_that_just_changed_is_not_trusted(bench: Workbench) -> None:
    bench.write("in/new.txt", STORY.format(9))
    now = (bench.folder / "in").stat().st_mtime_ns
    bench.update(limits=FEW, clock=lambda: now + 1_000_000)
    assert ("in/", NEVER) in known(bench).folders
    assert not is_current(bench)
    generation = bench.update(limits=FEW, clock=lambda: now + 1_000_000).generation
    assert generation == 2, "nothing to commit within the two seconds"
    assert bench.update(limits=FEW, clock=lambda: now + 3_000_000_000).generation == 3
    assert is_current(bench)


def test_a_change_that_concerns_no_article_costs_one_update(bench: Workbench) -> None:
    (bench.folder / "in/.draft.swp").touch()
    age(bench)
    os.utime(bench.folder / "in", ns=(LONG_AGO + 7, LONG_AGO + 7))
    archive = Archive(bench.root, limits=FEW)
    for expected in (2, 2):
        archive.refresh()
        with bench.snapshot() as snapshot:
            assert snapshot.generation == expected


def test_a_doubt_that_cannot_be_ended_is_kept_from_the_reader(bench: Workbench) -> None:
    os.utime(bench.folder / "in", ns=(LONG_AGO + 7, LONG_AGO + 7))
    lock = bench.directory.path / "lock"
    lock.unlink()
    lock.mkdir()  # as good as a read-only disk, and works for root too
    archive = Archive(bench.root, limits=FEW)
    assert archive.refresh().notes == ()
    bench.write("in/new.txt", STORY.format(9))
    assert "newer seeds are not indexed" in archive.refresh().notes[0]


def test_a_missing_folder_is_a_change(bench: Workbench) -> None:
    look = known(bench)
    assert is_same(look, bench.folder)
    assert not is_same(look, bench.folder / "nowhere")


def test_very_long_lists_of_folders_are_not_kept(bench: Workbench) -> None:
    class Seeds:
        def folders(self) -> list[tuple[str, int]]:
            return [(f"{'x' * 250}{number}/", LONG_AGO) for number in range(4_000)]

    stamps = [Stamp(str(number), 1, LONG_AGO) for number in range(5)]
    assert glance(bench.seeds, stamps, LONG_AGO * 2, FEW) is not None
    assert glance(Seeds(), stamps, LONG_AGO * 2, FEW) is None  # type: ignore[arg-type]


def test_a_glance_comes_back_from_a_manifest() -> None:
    look = Glance((("", 5), ("ünd/", NEVER)), (Stamp("ünd/a.txt", 3, -4),))
    manifest = Manifest(glance=look)
    assert decode(encode(manifest), "m") == manifest


@pytest.mark.parametrize("crafted", ["5", "[]", "[[], [], []]", "[[[1, 2]], []]", '[[["a"]], []]', '[[], [["a", 1, "2"]]]'])
def test_a_crafted_glance_is_refused(crafted: str) -> None:
    body = encode(Manifest()).replace(b'"glance": null', b'"glance": ' + crafted.encode())
    with pytest.raises(ArchiveDamaged, match="m is not a manifest that this tool wrote"):
        decode(body, "m")


def test_status_says_that_searches_only_glance(bench: Workbench) -> None:
    state = Archive(bench.root, limits=FEW).status()
    assert state.up_to_date
    assert state.glanced == 2


def test_the_digest_of_seeds_changes_with_path_size_time_and_number() -> None:
    stamps = [Stamp("a", 1, 2), Stamp("b", 3, 4)]
    others = [
        [Stamp("a", 1, 2)],
        [Stamp("a", 1, 2), Stamp("c", 3, 4)],
        [Stamp("a", 1, 2), Stamp("b", 4, 4)],
        [Stamp("a", 1, 2), Stamp("b", 3, 5)],
        [Stamp("a", 1, 23)],
        [Stamp("a", 12, 3)],
        [Stamp("a1", 2, 3)],
        [],
    ]
    digests = {seeds_digest(other) for other in others}
    assert len(digests) == len(others)
    assert seeds_digest(stamps) not in digests
    assert seeds_digest(list(stamps)) == seeds_digest(stamps)
