"""Readers see whole generations only, however fast a writer commits.

Every article carries the number of the commit in headline, summary and body; a reader that ever sees two numbers
at once, or a smaller one than before, or any error, fails.
"""

import json
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from indexes import Workbench

from indexer import Archive
from indexer.search.results import Results

ARTICLES = 6
HELD = 10  # commits over which a reader holds an old index


def publish(bench: Workbench, number: int) -> None:
    """Commit ``number``: every article anew, one that comes and goes, and one that stays, so that segments merge."""
    bench.write(f"stays/{number}.txt", f"Ballast {number}\n\nNothing changes here.\n")
    for at in range(ARTICLES + 1):
        name = f"{at}.json"
        article = {"date": f"2023-11-{at + 1:02d}", "headline": f"Commit n{number}", "summary": f"Summary n{number}"}
        if at < ARTICLES or number % 3:
            bench.write(name, json.dumps([{**article, "body": f"Article {at} of commit n{number}."}]))
        elif (bench.folder / name).exists():
            bench.remove(name)
    bench.update()


def number_of(results: Results) -> int:
    """Return the one number that all fields of all articles carry."""
    numbers = set()
    for hit in results.hits:
        (passage,) = hit.passages
        texts = (hit.headline, hit.summary, passage.text)
        numbers.update(text.rstrip(".").rpartition(" n")[2] for text in texts)
    assert len(numbers) == 1, f"two generations in one answer: {numbers}"
    assert results.notes == ()
    number = int(numbers.pop())
    assert results.total == ARTICLES + bool(number % 3), f"{results.total} articles of commit {number}"
    return number


def read(root: Path, stop: Path) -> int:
    """Search until ``stop`` appears; return how many indexes were opened."""
    opened, last = 0, 0
    holding = Archive(root)
    held = holding.search("commit", limit=0)
    since = number_of(held)
    while not stop.exists():
        archive = Archive(root)
        number = number_of(archive.search("commit", limit=0))
        assert archive.count("ballast") == number >= last
        opened, last = opened + 1, number
        assert holding.search("commit", limit=0) == held
        if number > since + HELD:
            holding.close()
            held = holding.search("commit", limit=0)
            since = number_of(held)
    return opened


def start(work: Callable[[], int]) -> tuple[int, int]:
    """Run ``work`` in a forked process; return its id and the end of a pipe that its result comes from."""
    result, out = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(out, str(work()).encode())
        except BaseException as error:
            os.write(out, f"{type(error).__name__}: {error}".encode())
        finally:
            os._exit(0)
    os.close(out)
    return child, result


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("readers", "commits"), [(2, 15), pytest.param(8, 200, marks=pytest.mark.promises, id="8-200")]
)
def test_readers_never_see_half_a_commit(tmp_path: Path, readers: int, commits: int) -> None:
    bench = Workbench(tmp_path / "archive")
    publish(bench, 1)
    stop = tmp_path / "stop"
    children = [start(lambda: read(bench.root, stop)) for _ in range(readers)]
    merged = 0
    for number in range(2, commits + 1):
        publish(bench, number)
        with bench.snapshot() as snapshot:
            new = [entry for entry in snapshot.manifest.segments if entry.generation == snapshot.generation]
            merged += any(entry.docs > ARTICLES + 2 for entry in new)
        time.sleep(0.005)
    stop.touch()
    opened = []
    for child, result in children:
        os.waitpid(child, 0)
        said = os.read(result, 10_000).decode()
        os.close(result)
        assert said.isdigit(), said
        opened.append(int(said))
    assert min(opened) >= commits // 4 and merged >= commits // 8
    assert bench.faults() == ()
