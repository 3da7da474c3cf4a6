"""A process killed at any moment of an update leaves an index that opens, answers and updates, and no file behind."""

import os
import random
import signal
import time
from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from typing import Any, NamedTuple

import pytest
from indexes import Workbench
from syscalls import CHANGING, DEAD, Calls, die, in_child, spilling

from indexer.index.commit import needed

STORY = " date 2023-11-{0:02d} Story {0}\nA summary.\n\nBody {0} of it, in several words.\n"
ROUNDS = 200  # articles of the large file, so that an update takes long enough to be hit


class Job(NamedTuple):
    """Something to be killed: how an archive gets to where it begins, and the work itself."""

    prepare: Callable[[Workbench], None]
    work: Callable[[Workbench], object]


def nothing(bench: Workbench) -> None:
    bench.write("1.txt", STORY.format(1))
    bench.write("2.txt", STORY.format(2))


def two_segments(bench: Workbench) -> None:
    for number in (1, 2):
        bench.write(f"{number}.txt", STORY.format(number))
        bench.update()
    bench.write("3.txt", STORY.format(3))
    bench.write("1.txt", STORY.format(4))


def three_segments(bench: Workbench) -> None:
    for number in range(1, 4):
        bench.write(f"{number}.txt", STORY.format(number))
        bench.update()
    bench.write("4.txt", STORY.format(4))
    bench.remove("2.txt")


JOBS = {
    "first build": Job(nothing, Workbench.update),
    "update": Job(two_segments, Workbench.update),
    "update with a merge": Job(three_segments, Workbench.update),
    "rebuild": Job(three_segments, Workbench.build),
}


def strays(bench: Workbench) -> set[str]:
    """Return everything in the folder of the index that nobody needs, by whatever name."""
    present = {file.name for file in bench.directory.path.iterdir()}
    return present - needed(bench.directory, list(present)) - {"lock"}


def after_a_kill(bench: Workbench, before: dict[str, Any], after: dict[str, Any]) -> None:
    """Hold the promise."""
    assert bench.contents() in (before, after)
    bench.update()
    assert bench.contents() == after
    assert bench.faults() == ()
    assert strays(bench) == set()


@pytest.mark.parametrize(
    ("name", "every"),
    [
        pytest.param("update with a merge", 3, id="update with a merge, every third call"),
        *(pytest.param(name, 1, id=name, marks=pytest.mark.promises) for name in JOBS),
    ],
)
def test_killed_at_every_call_that_changes_a_file(tmp_path: Path, name: str, every: int) -> None:
    job, bench = JOBS[name], Workbench(tmp_path / "archive")
    job.prepare(bench)
    copytree(bench.root, tmp_path / "undisturbed")
    before, after = bench.contents(), bench.rebuilt()
    with spilling():
        undisturbed = Workbench(tmp_path / "undisturbed")
        with Calls(only=CHANGING) as calls:
            job.work(undisturbed)
        assert {"create", "write", "sync", "rename", "scratch", "scratch write"} <= set(calls.kinds)
        points = range(1, len(calls.kinds) + 1, every)
        for at in points:
            victim = Workbench(tmp_path / f"{at}")
            copytree(bench.root, victim.root, dirs_exist_ok=True)
            with Calls(at, die, only=CHANGING):
                assert in_child(lambda victim=victim: job.work(victim)) == DEAD  # type: ignore[misc]
            after_a_kill(victim, before, after)
    assert len(points) * every >= 50


def change(bench: Workbench, number: int) -> None:
    """Give the next update articles to add, to change and to retire."""
    stories = (f'{{"headline": "Story {at}", "body": "Round {number} of {at}."}}\n' for at in range(ROUNDS))
    bench.write("wire.jsonl", "".join(stories))
    bench.write(f"{number % 3}.txt", f"Story\n\nBody {number}.\n")


def kill_after(bench: Workbench, moment: float) -> bool:
    """Kill an update after ``moment`` seconds; say whether it was still at work."""
    child = os.fork()
    if child == 0:
        try:
            bench.update()
        finally:
            os._exit(0)
    time.sleep(moment)
    os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


@pytest.mark.parametrize("kills", [5, pytest.param(50, marks=pytest.mark.promises)])
def test_killed_at_a_random_moment(tmp_path: Path, kills: int) -> None:
    bench = Workbench(tmp_path)
    change(bench, 0)
    begun = time.monotonic()
    bench.update()
    lasts = time.monotonic() - begun
    chance = random.Random(kills)
    before = bench.contents()
    killed = 0
    for number in range(1, kills + 1):
        change(bench, number)
        killed += kill_after(bench, chance.uniform(0, lasts))
        after = bench.rebuilt()
        after_a_kill(bench, before, after)
        before = after
    assert killed >= kills // 3


def test_a_killed_first_build_leaves_an_empty_index(tmp_path: Path) -> None:
    bench = Workbench(tmp_path)
    change(bench, 0)
    assert kill_after(bench, 0.005)
    with bench.snapshot() as snapshot:
        assert snapshot.generation == 0
    assert bench.update().added == ROUNDS + 1
    assert strays(bench) == set()
