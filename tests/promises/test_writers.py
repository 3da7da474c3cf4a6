"""However many processes update at once, one does it at a time, and all get what they asked for or are told who is at it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from indexes import Workbench

from indexer import Archive
from indexer.errors import ArchiveLocked
from indexer.index.report import UpdateReport
from indexer.index.writer import Update
from indexer.storage.lock import Lock

REPO = Path(__file__).resolve().parents[2]


def write_and_update(bench: Workbench, name: str, witness: Path) -> None:
    """Update with a seed of its own, and fail where anybody else is at work at the same time."""
    run = Update.run

    def alone(work: Update, *base: object) -> UpdateReport:
        os.close(os.open(witness, os.O_CREAT | os.O_EXCL))
        report = run(work, *base)  # type: ignore[arg-type]
        time.sleep(0.002)
        witness.unlink()
        return report

    Update.run = alone  # type: ignore[method-assign,assignment]
    (bench.folder / name).write_text(f"Story {name}\n\nBody.\n")
    bench.update(wait=100)
    with bench.snapshot() as snapshot:
        assert any(snapshot.article(doc).path == name for doc in snapshot.docs())


@pytest.mark.parametrize("writers", [20, pytest.param(50, marks=pytest.mark.promises)])
def test_writers_take_turns(tmp_path: Path, writers: int) -> None:
    bench = Workbench(tmp_path / "archive")
    children = []
    for number in range(writers):
        child = os.fork()
        if child == 0:
            code = 1
            try:
                write_and_update(bench, f"{number}.txt", tmp_path / "witness")
                code = 0
            finally:
                os._exit(code)
        children.append(child)
    assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [0] * writers
    assert len(bench.contents()["articles"]) == writers
    assert bench.contents() == bench.rebuilt()
    assert bench.faults() == ()


@pytest.fixture
def held(tmp_path: Path) -> Archive:
    """An archive whose lock this process holds."""
    bench = Workbench(tmp_path)
    bench.write("1.txt", "Story\n\nBody.\n")
    bench.update()
    bench.write("2.txt", "Another\n\nBody.\n")
    with Lock(bench.directory.path):
        yield Archive(tmp_path)


def test_who_does_not_wait_is_told_at_once_who_writes(held: Archive) -> None:
    begun = time.monotonic()
    with pytest.raises(ArchiveLocked, match=rf"is being written by process {os.getpid()} on .*, for \d+ s"):
        held.update(wait=0)
    assert time.monotonic() - begun < 0.2
    command = [sys.executable, "-m", "indexer", "update", "--wait", "0", "--archive", str(held.root)]
    done = subprocess.run(command, cwd=REPO, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (3, "")
    assert f"process {os.getpid()}" in done.stderr and len(done.stderr.splitlines()) == 1


def test_a_search_does_not_wait_for_a_writer(held: Archive) -> None:
    freshness = held.refresh()
    assert freshness.report is None
    assert freshness.notes == ("another process is updating the index; this answer is from before",)
    assert held.search("story").total == 1


def test_a_writer_that_is_killed_leaves_no_lock(tmp_path: Path) -> None:
    bench = Workbench(tmp_path)
    bench.directory.make()
    ready, signed = os.pipe()
    child = os.fork()
    if child == 0:
        with Lock(bench.directory.path):
            os.write(signed, b".")
            time.sleep(100)
        os._exit(0)
    assert os.read(ready, 1) == b"."
    with pytest.raises(ArchiveLocked, match=f"process {child} "):
        bench.update()
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    assert bench.update().generation == 1
