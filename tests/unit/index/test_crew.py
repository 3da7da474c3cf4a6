"""Several processes build what one builds; where one of them fails, the update fails and loses nothing."""

import json
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from indexes import Workbench

from indexer.codec import stored
from indexer.documents.article import Article
from indexer.errors import ArchiveError, HelperLost, StorageError
from indexer.index import builder, writer
from indexer.index.parcel import unwrap, wrap
from indexer.limits import LIMITS
from indexer.storage import Directory
from indexer.storage.lock import Lock

TOGETHER = LIMITS._replace(processes=3, alone_below=0)
HERE = os.getpid()


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workbench:
    """Some thousand words of news, and parcels of a few articles each."""
    monkeypatch.setattr(builder, "BATCH", 2_000)
    made = Workbench(tmp_path)
    for name in ("a", "b"):
        made.write(f"{name}.jsonl", "".join(story(name, number) for number in range(120)))
    return made


def story(name: str, number: int) -> str:
    body = f"The talks of {name}{number} went on.\n\n“Story” {number % 7} is über {number % 5}. It ended."
    return json.dumps({"headline": f"Story {number}", "date": f"2023-11-{1 + number % 30:02}", "body": body}) + "\n"


def in_helpers(monkeypatch: pytest.MonkeyPatch, happens: Callable[[], Any]) -> None:
    """Let something happen in every helper before it analyses."""
    original = builder.arrays_of

    def altered(*arguments: Any) -> Any:
        if os.getpid() != HERE:
            happens()
        return original(*arguments)

    monkeypatch.setattr(builder, "arrays_of", altered)


def assert_nothing_happened(bench: Workbench, before: dict[str, Any] | None) -> None:
    """Nothing is left of a failed update: no process, no lock, no file, no change."""
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
    with Lock(bench.directory.path):
        pass
    if before is None:
        assert bench.directory.names() == ["lock"]
    else:
        assert bench.contents() == before
    assert bench.update().notes == ()
    assert bench.contents() == bench.rebuilt()
    assert bench.faults() == ()


def test_three_processes_build_what_one_builds(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    forked: list[int] = []
    fork = os.fork
    monkeypatch.setattr(os, "fork", lambda: forked.append(0) or fork())
    report = bench.update(limits=TOGETHER)
    assert (report.added, len(forked)) == (240, 2)
    assert bench.contents() == bench.rebuilt()
    assert bench.faults() == ()
    first = {name: bench.directory.read(name) for name in bench.directory.names() if "-segment" in name}
    bench.build(limits=TOGETHER)
    again = {name: bench.directory.read(name) for name in bench.directory.names() if "00000002-segment" in name}
    assert list(again.values()) == list(first.values()), "the same seeds always make the same file"


def test_texts_of_all_processes_are_packed_with_one_dictionary(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(builder, "SAMPLED", 8_000)
    monkeypatch.setattr(stored, "LEAST", 1)
    monkeypatch.setattr(stored, "SHARE", 8)
    merged: list[bytes] = []
    merge = builder.merge

    def watched(directory: Directory, name: str, parts: Any) -> Any:
        merged.extend(segment.text.dictionary for segment, _ in parts)
        return merge(directory, name, parts)

    monkeypatch.setattr(builder, "merge", watched)
    bench.update(limits=TOGETHER)
    assert len(merged) == 2 and len(set(merged)) == 1 and merged[0]
    assert bench.contents() == bench.rebuilt()


def test_of_two_processes_one_reads_and_one_writes_what_it_would_alone(bench: Workbench) -> None:
    bench.update(limits=LIMITS._replace(processes=2, alone_below=0))
    (together,) = (bench.directory.read(name) for name in bench.directory.names() if "-segment" in name)
    bench.build(limits=LIMITS._replace(processes=1))
    (alone,) = (bench.directory.read(name) for name in bench.directory.names() if "00000002-segment" in name)
    assert together == alone


def test_together_they_update_as_well(bench: Workbench) -> None:
    bench.update()
    bench.write("b.jsonl", "".join(story("c", number) for number in range(60)))
    bench.write("d.jsonl", "".join(story("d", number) for number in range(90)))
    bench.update(limits=TOGETHER, allow_shrink=True)
    assert bench.contents() == bench.rebuilt()
    assert bench.faults() == ()


@pytest.mark.parametrize("indexed", [False, True])
def test_a_helper_that_is_killed_fails_the_update_in_one_line(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch, indexed: bool
) -> None:
    before = None
    if indexed:
        bench.update()
        before = bench.contents()
        bench.write("d.jsonl", "".join(story("d", number) for number in range(90)))
    with monkeypatch.context() as patched:
        in_helpers(patched, lambda: os.kill(os.getpid(), signal.SIGKILL))
        with pytest.raises(HelperLost, match=r"ended by signal 9; nothing was changed.*--processes 1") as raised:
            bench.update(limits=TOGETHER)
        assert "\n" not in str(raised.value)
    assert_nothing_happened(bench, before)


def test_what_fails_in_a_helper_is_told_as_if_it_had_failed_here(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full() -> None:
        raise StorageError("write", "x/00000001-segment.1", OSError(28, "No space left on device"))

    with monkeypatch.context() as patched:
        in_helpers(patched, full)
        with pytest.raises(StorageError, match=r"cannot write x/00000001-segment.1: No space left on device"):
            bench.update(limits=TOGETHER)
    assert_nothing_happened(bench, None)


def test_a_mistake_in_a_helper_is_told(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        in_helpers(patched, lambda: {}["x"])
        with pytest.raises(ArchiveError, match=r"could not be built \(KeyError: 'x'\); nothing was changed"):
            bench.update(limits=TOGETHER)
    assert_nothing_happened(bench, None)


def test_helpers_end_with_an_update_that_fails(bench: Workbench) -> None:
    def interrupt(done: int, todo: int) -> None:
        if done > 100:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bench.update(limits=TOGETHER, progress=interrupt)
    assert_nothing_happened(bench, None)


def test_little_is_built_alone(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fork", lambda: pytest.fail("not worth a process"))
    bench.update(limits=LIMITS._replace(processes=8))
    bench.update(limits=TOGETHER._replace(processes=1))
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {0})
    assert writer.processes_for(1 << 40, LIMITS) == 1
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: set(range(64)))
    assert writer.processes_for(1 << 40, LIMITS) == 4


def test_articles_come_out_of_a_parcel_as_they_went_in() -> None:
    articles = [
        Article("x", True, "a\udc80.jsonl", 7, 8, None, "Head", "", None, "Body 😀\n\nümore", ()),
        Article("", False, "", 0, 0, 738_000, "", "“S”", "Wire", "", ()),
    ]
    assert list(unwrap(wrap(articles))) == articles
    assert list(unwrap(wrap([]))) == []
