"""Whatever happens to seeds and index, an update leaves the answers of a fresh build: articles, scores and order."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from random import Random
from shutil import rmtree
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from indexes import ANALYZER, FINGERPRINT, LONG_AGO, Workbench
from syscalls import CHANGING, DEAD, Calls, die, in_child
from twins import Disk, RecordingDirectory, no_waiting

from indexer import Archive
from indexer.index.base import find_base
from indexer.index.commit import needed
from indexer.index.writer import update
from indexer.storage import FileDirectory

SECOND = 1_000_000_000
QUERIES: list[dict[str, Any]] = [
    {"query": "gaza"},
    {"query": "gaza pauses"},
    {"query": '"cease-fire talks"'},
    {"query": "talks OR us -may"},
    {"query": "pau*", "sort": "newest"},
    {"query": "gaza talks", "any": True, "since": "2023-11-02", "until": "2023-11-30"},
    {"query": "", "since": "1987", "sort": "oldest"},
]

words = st.sampled_from(["Gaza", "U.S.", "cease-fire", "pauses", "talks", "May", "G-7", "pause", "über", "O'Neill"])
texts = st.lists(words, min_size=1, max_size=7).map(" ".join)
days = st.sampled_from(["2023-11-01", "2023-11-08", "1987-02-26", "2024-02-29"])
records = st.fixed_dictionaries(
    {"headline": texts, "body": texts}, optional={"date": days, "id": st.sampled_from("abc"), "source": words, "summary": texts}
)
stories = st.builds(lambda day, headline, body: f" date {day} {headline}\n\n{body}\n\n{headline}.\n", days, texts, texts)
wires = st.lists(records, max_size=4).map(lambda found: "".join(json.dumps(record) + "\n" for record in found))
names = st.sampled_from(["1.txt", "2.txt", "deep/3.txt", "4.txt", "5.txt"])
wire_names = st.sampled_from(["a.jsonl", "b.jsonl", "c.jsonl"])
numbers = st.integers(0, 1000)


class History(RuleBasedStateMachine):
    """Seeds change, updates run, processes die, the power goes, bytes rot. Clocks of this world tick in steps."""

    @initialize()
    def begin(self) -> None:
        self.folder = TemporaryDirectory()
        self.bench = Workbench(Path(self.folder.name) / "archive")
        self.now = LONG_AGO
        self.times: dict[str, int] = {}
        self.updated = 0  # when the last update was
        self.bench.update(clock=self.clock)
        self.answers = answers(self.bench.root)

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            self.now += 3 * SECOND
            self.update()
            assert self.bench.contents() == self.bench.rebuilt()
            assert Archive(self.bench.root).check(deep=True).problems == ()
            self.folder.cleanup()

    def clock(self) -> int:
        return self.now

    def write(self, name: str, text: str, time: int | None = None) -> None:
        self.times[name] = time or self.now
        self.bench.write(name, text)
        os.utime(self.bench.folder / name, ns=(self.times[name],) * 2)

    def some(self, which: int) -> str | None:
        present = sorted(self.times)
        return present[which % len(present)] if present else None

    @rule(seconds=st.sampled_from([1, 3, 3, 60]))
    def time_passes(self, seconds: int) -> None:
        self.now += seconds * SECOND

    @rule(name=names, text=stories)
    def write_a_story(self, name: str, text: str) -> None:
        self.write(name, text)

    @rule(name=wire_names, text=wires)
    def write_a_wire(self, name: str, text: str) -> None:
        self.write(name, text)

    @rule(name=wire_names, text=wires)
    def append_to_a_wire(self, name: str, text: str) -> None:
        if name in self.times:
            self.write(name, (self.bench.folder / name).read_text() + text)

    @rule(which=numbers)
    def remove(self, which: int) -> None:
        name = self.some(which)
        if name is not None:
            self.bench.remove(name)
            del self.times[name]

    @rule(which=numbers, name=st.sampled_from(["r1", "r2", "0"]))
    def rename(self, which: int, name: str) -> None:
        old = self.some(which)
        if old is not None:
            new = name + Path(old).suffix
            self.bench.rename(old, new)
            self.times[new] = self.times.pop(old)

    @rule(which=numbers)
    def touch(self, which: int) -> None:
        name = self.some(which)
        if name is not None:
            self.write(name, (self.bench.folder / name).read_text())

    @rule(which=numbers)
    def edit_without_a_trace(self, which: int) -> None:
        """Right after an update a file may change under a clock that did not tick: same size, same time."""
        name = self.some(which)
        if name is not None and self.times[name] == self.updated == self.now:
            text = (self.bench.folder / name).read_text()
            self.write(name, text.replace("talks", "pauses"[:5]).replace("Gaza", "Aden"), self.times[name])

    @rule()
    def update(self) -> None:
        self.bench.update(clock=self.clock, allow_shrink=True)
        self.updated = self.now
        self.answers = self.fresh()
        assert answers(self.bench.root) == self.answers
        assert self.bench.faults() == ()

    @rule()
    def build(self) -> None:
        self.bench.build(clock=self.clock)
        self.updated = self.now
        self.answers = self.fresh()
        assert answers(self.bench.root) == self.answers

    @rule(at=st.integers(1, 60))
    def die_in_an_update(self, at: int) -> None:
        with Calls(at, die, only=CHANGING):
            end = in_child(lambda: self.bench.update(clock=self.clock, allow_shrink=True))
        assert end in (0, DEAD)
        self.old_or_new()

    @rule(at=st.floats(0, 1), chance=numbers)
    def cut_the_power(self, at: float, chance: int) -> None:
        path = self.bench.directory.path
        disk = Disk.of(path)
        recording = RecordingDirectory(path)
        with no_waiting():
            update(self.bench.seeds, recording, ANALYZER, clock=self.clock, allow_shrink=True)
        for event in recording.events[: round(at * len(recording.events))]:
            disk.apply(event)
        rmtree(path)
        disk.after_power_cut(Random(chance), path)
        self.old_or_new()

    @rule(which=numbers, place=st.floats(0, 0.999), bit=st.integers(0, 7))
    def flip_a_bit(self, which: int, place: float, bit: int) -> None:
        files = sorted(needed(self.bench.directory, self.bench.directory.names()))
        path = self.bench.directory.path / files[which % len(files)]
        data = bytearray(path.read_bytes())
        data[int(place * len(data))] ^= 1 << bit
        path.write_bytes(data)
        damaged = [problem.damage.path for problem in Archive(self.bench.root).check().problems if problem.damage]
        assert damaged == [str(path)]
        self.update()

    def old_or_new(self) -> None:
        """After a process died: the answers of before, or those of now; find out which."""
        found = answers(self.bench.root)
        if found != self.answers:
            self.answers = self.fresh()
            assert found == self.answers
        base = find_base(self.bench.directory, FINGERPRINT).manifest
        self.updated = base.committed

    def fresh(self) -> list[Any]:
        """Return the answers of a fresh index of the same seeds."""
        with TemporaryDirectory() as folder:
            (Path(folder) / "seeds").mkdir()
            update(self.bench.seeds, FileDirectory(Path(folder) / "index_data"), ANALYZER)
            return answers(Path(folder))


def answers(root: Path) -> list[Any]:
    """Return what the queries find: articles in order, scores, marks, and totals."""
    archive = Archive(root)
    found = []
    for query in QUERIES:
        results = archive.search(**query, limit=0)
        assert results.notes == ()
        hits = [(hit.rank, hit.id, hit.path, hit.day, round(hit.score, 9), hit.exact, hit.passages) for hit in results.hits]
        found.append((results.total, results.exact_total, results.undated_left_out, hits))
    return found


@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    ("histories", "steps"), [(8, 20), pytest.param(50, 30, marks=pytest.mark.promises, id="50-30")]
)
def test_any_history_ends_in_the_answers_of_a_fresh_build(histories: int, steps: int) -> None:
    machine: Callable[[], History] = History
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        machine,
        settings=settings(
            max_examples=histories,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=histories < 50,
        ),
    )
