"""Bytes come from inside seeds, whole and of one moment, or not at all."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.documents import seed
from indexer.documents.refusal import Refusal
from indexer.documents.seed import read_end, read_seed
from indexer.errors import StorageError
from indexer.limits import Limits


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    folder = tmp_path / "seeds"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "a.txt").write_bytes(b"Headline\n")
    (tmp_path / "secret.txt").write_bytes(b"secret")
    return folder


def reason(seeds: Path, path: str, limits: Limits | None = None) -> str:
    found = read_seed(seeds, path, limits) if limits else read_seed(seeds, path)
    assert isinstance(found, Refusal)
    assert (found.path, found.line) == (path, 0)
    return found.reason


def test_the_bytes_are_those_of_the_file(seeds: Path) -> None:
    assert read_seed(seeds, "deep/a.txt") == b"Headline\n"


def test_links_inside_seeds_are_read_and_others_are_not(seeds: Path) -> None:
    (seeds / "in.txt").symlink_to("deep/a.txt")
    (seeds / "out.txt").symlink_to("../secret.txt")
    (seeds / "folder.txt").symlink_to("deep")
    assert read_seed(seeds, "in.txt") == b"Headline\n"
    assert reason(seeds, "out.txt") == "a link that leaves seeds"
    assert reason(seeds, "folder.txt") == "a link to a folder"


def test_a_folder_replaced_by_a_link_is_not_followed(seeds: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a.txt").write_bytes(b"secret")
    (seeds / "deep" / "a.txt").unlink()
    (seeds / "deep").rmdir()
    (seeds / "deep").symlink_to(tmp_path / "elsewhere")
    assert isinstance(read_seed(seeds, "deep/a.txt"), Refusal)


@pytest.mark.parametrize("path", ["../secret.txt", "deep/../../secret.txt", "/etc/passwd", ".."])
def test_a_path_never_leaves_seeds(seeds: Path, path: str) -> None:
    assert reason(seeds, path) == "a path that leaves seeds"


def test_what_is_no_file_is_refused_without_waiting(seeds: Path) -> None:
    os.mkfifo(seeds / "pipe.txt")
    assert reason(seeds, "pipe.txt") == "a pipe, not a file"
    assert reason(seeds, "deep") == "a folder"
    assert reason(seeds, "gone.txt") == "it vanished"
    assert reason(seeds, "gone/gone.txt") == "it vanished"


@pytest.mark.parametrize(("size", "kept"), [(99, True), (100, True), (101, False)])
def test_a_file_may_be_as_large_as_the_limit(seeds: Path, size: int, kept: bool) -> None:
    (seeds / "a.txt").write_bytes(b"x" * size)
    found = read_seed(seeds, "a.txt", Limits(seed_bytes=100))
    assert found == (b"x" * size if kept else Refusal("a.txt", 0, "too large (101 bytes, limit 100 bytes)"))


def meddle(monkeypatch: pytest.MonkeyPatch, times: int, change: Callable[[], object]) -> None:
    """Let ``change`` happen after each of the first ``times`` reads."""
    read = seed._read
    left = [times]

    def read_then_change(descriptor: int, size: int) -> bytes:
        content = read(descriptor, size)
        if left[0]:
            left[0] -= 1
            change()
        return content

    monkeypatch.setattr(seed, "_read", read_then_change)


def test_a_file_that_changes_under_the_read_is_read_again(seeds: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    meddle(monkeypatch, 1, lambda: (seeds / "deep" / "a.txt").write_bytes(b"Another headline\n"))
    assert read_seed(seeds, "deep/a.txt") == b"Another headline\n"


def test_a_file_that_never_rests_is_left_for_later(seeds: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = seeds / "deep" / "a.txt"
    meddle(monkeypatch, 2, lambda: file.write_bytes(file.read_bytes() + b"more\n"))
    assert reason(seeds, "deep/a.txt") == "it changed while it was read; it will be tried again"


def test_a_file_that_grows_beyond_the_limit_is_refused(seeds: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    meddle(monkeypatch, 1, lambda: (seeds / "deep" / "a.txt").write_bytes(b"x" * 200))
    assert reason(seeds, "deep/a.txt", Limits(seed_bytes=100)).startswith("too large")


def test_the_end_of_a_file_is_read_after_what_stands_before_it_was_seen(
    seeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seed, "PIECE", 4)
    seen: list[bytes] = []
    assert read_end(seeds, "deep/a.txt", 6, seen.append) == b"ne\n"
    assert seen == [b"Head", b"li"]
    assert read_end(seeds, "deep/a.txt", 0, seen.append) == b"Headline\n"
    assert read_end(seeds, "deep/a.txt", 9, seen.append) == b""


def test_no_end_is_read_of_what_is_shorter_not_a_file_too_large_or_changing(
    seeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bytes] = []
    assert read_end(seeds, "deep/a.txt", 10, seen.append) is None
    assert read_end(seeds, "deep", 1, seen.append) is None
    assert read_end(seeds, "gone.txt", 1, seen.append) is None
    assert read_end(seeds, "../secret.txt", 1, seen.append) is None
    assert read_end(seeds, "deep/a.txt", 1, seen.append, Limits(seed_bytes=8)) is None
    file = seeds / "deep" / "a.txt"
    meddle(monkeypatch, 1, lambda: file.write_bytes(file.read_bytes() + b"more\n"))
    assert read_end(seeds, "deep/a.txt", 1, seen.append) is None


@pytest.mark.parametrize("number", [errno.EACCES, errno.EIO])
def test_a_file_that_cannot_be_read_is_refused(seeds: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    def fail(descriptor: int, size: int) -> bytes:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(seed, "_read", fail)
    assert reason(seeds, "deep/a.txt") == f"cannot be read: {os.strerror(number)}"


def test_running_out_of_descriptors_is_not_blamed_on_the_seed(seeds: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> int:
        raise OSError(errno.EMFILE, "Too many open files")

    monkeypatch.setattr(os, "open", fail)
    with pytest.raises(StorageError, match=r"cannot read deep/a\.txt: Too many open files"):
        read_seed(seeds, "deep/a.txt")


def test_no_descriptor_stays_open(seeds: Path) -> None:
    descriptors = Path("/proc/self/fd")
    if not descriptors.is_dir():
        pytest.skip("no /proc/self/fd here")
    before = len(list(descriptors.iterdir()))
    (seeds / "out.txt").symlink_to("../secret.txt")
    os.mkfifo(seeds / "pipe.txt")
    for path in ("deep/a.txt", "out.txt", "pipe.txt", "gone.txt", "deep/gone.txt", "deep", "../secret.txt"):
        read_seed(seeds, path)
    assert len(list(descriptors.iterdir())) == before
