"""A process killed at any moment of an update leaves an index that opens, answers and updates."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from indexes import Workbench

TESTS = Path(__file__).resolve().parents[1]
UPDATE = """
import sys, pathlib
sys.path[:0] = sys.argv[2:]
from indexes import Workbench
bench = Workbench(pathlib.Path(sys.argv[1]))
print("ready", flush=True)
bench.update()
print("done", flush=True)
"""
ROUNDS = 200  # articles of the large file, so that an update takes long enough to be hit


def start(root: Path) -> subprocess.Popen[str]:
    """Start an update in a process of its own and wait until it is about to begin."""
    command = [sys.executable, "-c", UPDATE, str(root), str(TESTS), str(TESTS.parent)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None and process.stdout.readline() == "ready\n"
    return process


def change(bench: Workbench, number: int) -> None:
    """Give the next update articles to add, to change and to retire."""
    stories = (f'{{"headline": "Story {at}", "body": "Round {number} of {at}."}}\n' for at in range(ROUNDS))
    bench.write("wire.jsonl", "".join(stories))
    bench.write(f"{number % 3}.txt", f"Story\n\nBody {number}.\n")


def kill_at(bench: Workbench, moment: float) -> bool:
    """Kill an update after ``moment`` seconds; say whether it was still at work."""
    process = start(bench.root)
    time.sleep(moment)
    process.send_signal(signal.SIGKILL)
    killed = process.wait() == -signal.SIGKILL
    assert process.stdout is not None
    process.stdout.close()
    return killed


def check_kills(tmp_path: Path, kills: int) -> None:
    bench = Workbench(tmp_path)
    change(bench, 0)
    process = start(bench.root)
    begun = time.monotonic()
    process.communicate()
    lasts = time.monotonic() - begun
    chance = random.Random(kills)
    before = bench.contents()
    killed = 0
    for number in range(1, kills + 1):
        change(bench, number)
        killed += kill_at(bench, chance.uniform(0, lasts))
        found = bench.contents()
        after = bench.rebuilt()
        assert found in (before, after)
        bench.update()
        assert bench.contents() == after
        assert bench.faults() == ()
        assert {file.name for file in bench.directory.path.iterdir()} == set(bench.directory.names())
        before = after
    assert killed >= kills // 3


def test_three_kills(tmp_path: Path) -> None:
    check_kills(tmp_path, 3)


@pytest.mark.promises
def test_twenty_kills(tmp_path: Path) -> None:
    check_kills(tmp_path, 20)


def test_a_killed_first_build_leaves_an_empty_index(tmp_path: Path) -> None:
    bench = Workbench(tmp_path)
    change(bench, 0)
    assert kill_at(bench, 0.05)
    with bench.snapshot() as snapshot:
        assert snapshot.generation in (0, 1)
    assert bench.update().added + bench.update().unchanged >= ROUNDS + 1
    assert bench.faults() == ()
