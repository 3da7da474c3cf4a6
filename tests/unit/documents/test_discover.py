"""The walk finds every seed, follows nothing out of the folder, and explains what it leaves out."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from indexer.documents import discover as discovering
from indexer.documents.discover import Stamp, discover, folders
from indexer.documents.kinds import DOCUMENT, LINES, TEXT, is_ignored, kind, refused_by_name
from indexer.documents.refusal import Refusal
from indexer.errors import StorageError
from indexer.limits import Limits


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    folder = tmp_path / "seeds"
    folder.mkdir()
    return folder


def put(seeds: Path, *paths: str) -> None:
    for path in paths:
        (seeds / path).parent.mkdir(parents=True, exist_ok=True)
        (seeds / path).write_bytes(b"Headline")


def walk(seeds: Path, limits: Limits | None = None) -> tuple[list[str], dict[str, str]]:
    stamps, refusals = discover(seeds, limits) if limits else discover(seeds)
    assert all(refusal.line == 0 for refusal in refusals)
    return [stamp.path for stamp in stamps], {refusal.path: refusal.reason for refusal in refusals}


def test_files_of_all_folders_are_listed_by_path(seeds: Path) -> None:
    put(seeds, "b.txt", "a/z.txt", "a.txt", "a/b/c.json", "B.txt")
    assert walk(seeds) == (["B.txt", "a.txt", "a/b/c.json", "a/z.txt", "b.txt"], {})


def test_a_stamp_tells_size_and_time(seeds: Path) -> None:
    put(seeds, "a.txt")
    os.utime(seeds / "a.txt", ns=(5, 1_234_567_891))
    assert discover(seeds) == ([Stamp("a.txt", 8, 1_234_567_891)], [])


def test_hidden_files_and_what_editors_leave_are_passed_over(seeds: Path) -> None:
    put(seeds, ".a.txt", ".git/a.txt", "a.txt~", "#a.txt#", ".a.txt.swp", "a.txt.swp", "a.tmp", "a.txt.part", "#tag.txt")
    assert walk(seeds) == (["#tag.txt"], {})


def test_formats_that_are_not_text_are_refused_by_name(seeds: Path) -> None:
    put(seeds, "a.PDF", "a.jpg", "a.docx", "a.zip", "a.txt.gz", "a.html", "a.tar", "lines.jsonl.gz", "a.unknown", "none")
    names, refusals = walk(seeds)
    assert names == ["a.unknown", "lines.jsonl.gz", "none"]
    assert refusals == {
        "a.PDF": "not a text format (.pdf)",
        "a.jpg": "not a text format (.jpg)",
        "a.docx": "not a text format (.docx)",
        "a.zip": "an archive (.zip)",
        "a.tar": "an archive (.tar)",
        "a.txt.gz": "an archive (.gz)",
        "a.html": "markup, not plain text (.html)",
    }


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.txt", TEXT),
        ("jsonl", TEXT),
        ("a.json", DOCUMENT),
        ("a.JSON", DOCUMENT),
        ("a.jsonl", LINES),
        ("a.ndjson", LINES),
        ("a.jsonl.gz", LINES),
        ("a.NDJSON.GZ", LINES),
        ("json/a.json.txt", TEXT),
    ],
)
def test_the_name_decides_how_a_file_is_read(name: str, expected: str) -> None:
    assert kind(name) == expected
    assert refused_by_name(name) is None
    assert not is_ignored(name)


@pytest.mark.parametrize(("size", "kept"), [(99, True), (100, True), (101, False)])
def test_a_file_may_be_as_large_as_the_limit(seeds: Path, size: int, kept: bool) -> None:
    (seeds / "a.txt").write_bytes(b"x" * size)
    names, refusals = walk(seeds, Limits(seed_bytes=100))
    assert (names == ["a.txt"]) == kept
    assert refusals == ({} if kept else {"a.txt": "too large (101 bytes, limit 100 bytes)"})


def test_json_lines_are_budgeted_by_the_line(seeds: Path) -> None:
    (seeds / "a.jsonl").write_bytes(b"x" * 200)
    assert walk(seeds, Limits(seed_bytes=100))[0] == ["a.jsonl"]


def test_a_sparse_gigabyte_is_refused_unread(seeds: Path) -> None:
    with (seeds / "a.txt").open("wb") as file:
        file.truncate(1 << 30)
    assert walk(seeds) == ([], {"a.txt": "too large (1,024 MiB, limit 32 MiB)"})


def test_a_link_to_a_seed_counts_as_that_file(seeds: Path) -> None:
    put(seeds, "deep/a.txt")
    (seeds / "b.txt").symlink_to("deep/a.txt")
    (seeds / "c.txt").symlink_to(seeds / "deep" / "a.txt")
    stamps, refusals = discover(seeds)
    assert [stamp.path for stamp in stamps] == ["b.txt", "c.txt", "deep/a.txt"]
    assert {(stamp.size, stamp.mtime_ns) for stamp in stamps} == {(8, (seeds / "deep/a.txt").stat().st_mtime_ns)}
    assert refusals == []


def test_folders_are_those_that_are_listed(seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(seeds, "b.txt", "in/a.txt", "in/deep/a.pdf", ".git/a.txt", "in/#old#/a.txt", "../outside/a.txt")
    (seeds / "empty").mkdir()
    (seeds / "out").symlink_to("../outside")
    (seeds / os.fsdecode(b"not-utf-8-\xff")).mkdir()
    os.utime(seeds / "in", ns=(5, 7))
    found = folders(seeds)
    assert ("in/", 7) in found
    listed: list[str] = []
    scandir = os.scandir
    monkeypatch.setattr(os, "scandir", lambda path: (listed.append(path), scandir(path))[1])
    discover(seeds)
    assert [path for path, _ in found] == sorted(folder.removeprefix(f"{seeds}/") for folder in listed)
    assert [path for path, _ in found] == ["", "empty/", "in/", "in/deep/"]


def test_other_links_are_refused(seeds: Path, tmp_path: Path) -> None:
    put(seeds, "folder/a.txt", "../outside/secret.txt", "../seeds-too/a.txt")
    for name, target in (
        ("out.txt", "../outside/secret.txt"),
        ("beside.txt", "../seeds-too/a.txt"),
        ("out-folder", "../outside"),
        ("in-folder", "folder"),
        ("up", ".."),
        ("broken.txt", "nothing.txt"),
        ("self.txt", "self.txt"),
        ("device.txt", "/dev/null"),
    ):
        (seeds / name).symlink_to(target)
    assert walk(seeds) == (
        ["folder/a.txt"],
        {
            "out.txt": "a link that leaves seeds",
            "beside.txt": "a link that leaves seeds",
            "out-folder": "a link that leaves seeds",
            "in-folder": "a link to a folder",
            "up": "a link that leaves seeds",
            "broken.txt": "a broken link",
            "self.txt": "a link that leads in a circle",
            "device.txt": "a link that leaves seeds",
        },
    )


def test_the_seeds_folder_itself_may_be_a_link(seeds: Path, tmp_path: Path) -> None:
    put(seeds, "a.txt")
    (seeds / "b.txt").symlink_to("a.txt")
    (tmp_path / "linked").symlink_to(seeds)
    assert walk(tmp_path / "linked") == (["a.txt", "b.txt"], {})


def test_pipes_and_sockets_are_refused_without_waiting(seeds: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(seeds / "pipe.txt")
    monkeypatch.chdir(seeds)  # the path of a socket must be short
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.txt")
        assert walk(seeds) == ([], {"pipe.txt": "a pipe, not a file", "socket.txt": "a socket, not a file"})


def test_a_folder_that_cannot_be_read_is_reported_and_the_rest_is_listed(seeds: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(seeds, "a.txt", "closed/b.txt", "open/c.txt")
    scandir = os.scandir

    def refuse(path: str) -> Any:
        if "closed" in path:
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert walk(seeds) == (["a.txt", "open/c.txt"], {"closed/": "this folder cannot be read: Permission denied"})


def test_a_file_whose_size_cannot_be_told_is_reported(seeds: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(seeds, "folder/a.txt")
    (seeds / "b.txt").symlink_to("folder/a.txt")

    def refuse(path: str) -> os.stat_result:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(discovering, "resolve_link", lambda root, path: path)
    monkeypatch.setattr(os, "stat", refuse)
    assert walk(seeds) == (["folder/a.txt"], {"b.txt": "cannot be read: Permission denied"})


def test_a_seeds_folder_that_is_not_there_is_an_error(seeds: Path) -> None:
    with pytest.raises(StorageError, match="cannot list"):
        discover(seeds / "nowhere")


def test_a_file_that_vanishes_during_the_walk_was_never_there(seeds: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(seeds, "a.txt", "b.txt")
    scandir = os.scandir

    class Listing:
        def __init__(self, path: str) -> None:
            with scandir(path) as entries:
                self.entries = list(entries)
            (seeds / "a.txt").unlink()

        def __enter__(self) -> Iterator[os.DirEntry[str]]:
            return iter(self.entries)

        def __exit__(self, *_: object) -> None:
            pass

    monkeypatch.setattr(os, "scandir", Listing)
    assert walk(seeds) == (["b.txt"], {})


@pytest.mark.parametrize("name", ["-rf.txt", "a\nb.txt", "it's \"x\".txt", "ü.txt", "日本.txt", "a\u202eb.txt", " .txt", "x" * 251 + ".txt"])
def test_any_name_that_is_utf_8_is_a_name(seeds: Path, name: str) -> None:
    put(seeds, name, f"folder/{name}")
    assert walk(seeds) == (sorted([name, f"folder/{name}"]), {})


def test_names_that_are_not_utf_8_are_refused_in_writing(seeds: Path) -> None:
    (Path(os.fsdecode(os.fsencode(seeds) + b"/caf\xe9.txt"))).write_bytes(b"x")
    folder = Path(os.fsdecode(os.fsencode(seeds) + b"/\xff"))
    folder.mkdir()
    (folder / "a.txt").write_bytes(b"x")
    assert discover(seeds) == (
        [],
        [Refusal("\\xff", 0, "the name is not UTF-8"), Refusal("caf\\xe9.txt", 0, "the name is not UTF-8")],
    )


def test_three_hundred_folders_deep_is_no_trouble(seeds: Path) -> None:
    put(seeds, "d/" * 300 + "a.txt")
    assert walk(seeds) == (["d/" * 300 + "a.txt"], {})
