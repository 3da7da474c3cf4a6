"""Files are created once, told apart from the rest, and every refusal names operation and file."""

import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from indexer.errors import ArchiveDamaged, StorageError
from indexer.storage import FileDirectory


@pytest.fixture
def directory(tmp_path: Path) -> FileDirectory:
    return FileDirectory(tmp_path)


@contextmanager
def file_size_limit(size: int) -> Iterator[None]:
    """Let every write beyond ``size`` bytes fail, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_what_was_written_is_read_and_mapped(directory: FileDirectory) -> None:
    directory.write("a", b"hello")
    directory.sync("a")
    directory.sync_folder()
    assert directory.read("a") == b"hello"
    assert bytes(directory.map("a")) == b"hello"
    assert directory.names() == ["a"]
    assert directory.sizes() == {"a": 5}


def test_a_file_is_never_written_over(directory: FileDirectory) -> None:
    directory.write("a", b"first")
    with pytest.raises(StorageError, match=r"cannot create .*a: File exists"):
        directory.write("a", b"second")
    assert directory.read("a") == b"first"


def test_publishing_replaces_in_one_step(directory: FileDirectory) -> None:
    directory.write("old", b"1")
    directory.write("new.tmp", b"2")
    directory.publish("new.tmp", "old")
    assert directory.sizes() == {"old": 1}
    assert directory.read("old") == b"2"


def test_a_deleted_file_stays_readable_for_who_mapped_it(directory: FileDirectory) -> None:
    directory.write("a", b"hello")
    kept = directory.map("a")
    directory.delete("a")
    directory.delete("a")
    assert directory.names() == []
    assert bytes(kept) == b"hello"


def test_an_empty_file_maps_to_nothing(directory: FileDirectory) -> None:
    directory.write("a", b"")
    assert directory.map("a") == b""


def test_a_file_beyond_its_limit_is_damage_not_a_read(directory: FileDirectory) -> None:
    directory.write("a", b"12345")
    assert directory.read("a", 5) == b"12345"
    with pytest.raises(ArchiveDamaged, match="longer than the 4 bytes allowed"):
        directory.read("a", 4)


def test_scratch_files_leave_nothing_behind(directory: FileDirectory) -> None:
    with directory.scratch() as file:
        file.write(b"x" * 100_000)
        file.seek(0)
        assert len(file.read()) == 100_000
        assert directory.names() == []
    assert list(directory.path.iterdir()) == []


def test_a_full_disk_is_told_with_the_name_of_the_file(directory: FileDirectory) -> None:
    with file_size_limit(1000), pytest.raises(StorageError, match=r"cannot write .*big: File too large"):
        directory.write("big", b"x" * 2000)


def test_an_abandoned_writer_writes_nothing_more(directory: FileDirectory) -> None:
    writer = directory.create("a")
    writer.write(b"buffered")
    writer.abandon()
    writer.abandon()
    assert directory.sizes() == {"a": 0}


@pytest.mark.parametrize("operation", ["read", "map", "sync"])
def test_a_missing_file_is_told(directory: FileDirectory, operation: str) -> None:
    with pytest.raises(StorageError, match="absent: No such file") as refusal:
        getattr(directory, operation)("absent")
    assert refusal.value.path.endswith("absent")
    assert isinstance(refusal.value.error, FileNotFoundError)


def test_a_missing_folder_holds_nothing_and_takes_nothing(tmp_path: Path) -> None:
    gone = FileDirectory(tmp_path / "gone")
    assert gone.names() == [] and gone.sizes() == {}
    for operation in (gone.sync_folder, gone.scratch):
        with pytest.raises(StorageError, match="gone: No such file"):
            operation()


def test_a_missing_folder_is_made_within_the_umask(tmp_path: Path) -> None:
    old = os.umask(0o027)
    try:
        directory = FileDirectory(tmp_path / "index_data")
        directory.make()
        directory.make()
        directory.write("a", b"")
    finally:
        os.umask(old)
    assert directory.path.stat().st_mode & 0o777 == 0o750
    assert (directory.path / "a").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("obstacle", ["file", "broken link"])
def test_what_is_in_the_way_of_the_folder_is_told(tmp_path: Path, obstacle: str) -> None:
    path = tmp_path / "index_data"
    if obstacle == "file":
        path.write_bytes(b"mine")
    else:
        path.symlink_to("nowhere")
    with pytest.raises(StorageError, match=r"cannot create .*index_data: it exists and is not a folder"):
        FileDirectory(path).make()


def test_folders_and_links_are_not_files_of_the_index(directory: FileDirectory) -> None:
    (directory.path / "folder").mkdir()
    (directory.path / "link").symlink_to("folder")
    assert directory.names() == []
