"""After a power cut at any moment the index is the old one or the new one, whole, and no sync could be left out.

An update is recorded operation by operation. For every prefix of the recording, states are drawn that the disk may
be found in: bytes never synced are lost, cut or zeroed; names not made durable by a sync of the folder are there or
not, each by chance. The index must open in every one and hold the old or the new articles, and the new ones once
the update has returned.
"""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from indexes import FINGERPRINT, Workbench, contents
from twins import Disk, Event, RecordingDirectory, no_waiting

from indexer.index.base import find_base
from indexer.index.reader import open_snapshot
from indexer.storage import FileDirectory

STORY = " date 2023-11-{0:02d} Story {0}\n\nBody {0} of it.\n"


class Recording:
    """What one update did, and the articles before and after it."""

    def __init__(self, root: Path, merging: bool) -> None:
        bench = Workbench(root, RecordingDirectory(root / "index_data"))
        assert isinstance(bench.directory, RecordingDirectory)
        with no_waiting():
            for number in range(4 if merging else 2):
                bench.write(f"{number}.txt", STORY.format(number + 1))
                if number:
                    self.before = bench.contents()
                    self.start = Disk.of(bench.directory.path)
                    bench.directory.events.clear()
                bench.update()
        self.after = bench.contents()
        self.events = list(bench.directory.events)
        self.published = next(at for at, event in enumerate(self.events) if event.kind == "publish")

    def disk(self, events: list[Event]) -> Disk:
        disk = self.start.copy()
        for event in events:
            disk.apply(event)
        return disk


def survives(recording: Recording, disk: Disk, committed: bool, folder: Path, random: Random) -> bool:
    """Say whether one state after a power cut holds what it must."""
    disk.after_power_cut(random, folder)
    try:
        directory = FileDirectory(folder)
        with open_snapshot(directory, FINGERPRINT) as snapshot:
            found: Any = contents(snapshot)
            if snapshot.notes or find_base(directory, FINGERPRINT).manifest != snapshot.manifest:
                return False  # a manifest that is visible is whole, and the next update can build on it
    except Exception:
        return False
    return bool(found == recording.after or (found == recording.before and not committed))


def states(recording: Recording, events: list[Event], folder: Path, times: int) -> Iterator[bool]:
    """Draw ``times`` states after every prefix of ``events``, longest first, and say of each whether it holds what it must."""
    random = Random(len(events))
    folder.mkdir(exist_ok=True)
    for end in reversed(range(len(events) + 1)):
        committed = end == len(events) or any(
            event.kind == "delete" and event.name.endswith("-manifest") for event in events[:end]
        )
        for turn in range(times):
            yield survives(
                recording, recording.disk(events[:end]), committed, folder / f"{end}-{turn}", random
            )


@pytest.fixture(params=[False, True], ids=["plain", "merging"])
def recording(tmp_path: Path, request: pytest.FixtureRequest) -> Recording:
    return Recording(tmp_path / "archive", request.param)


def test_every_moment_leaves_the_old_index_or_the_new(recording: Recording, tmp_path: Path) -> None:
    found = list(states(recording, recording.events, tmp_path / "states", 16))
    assert len(found) == 16 * (len(recording.events) + 1) > 200
    assert all(found)


@pytest.mark.promises
@pytest.mark.timeout(1200)
def test_thousands_of_states(recording: Recording, tmp_path: Path) -> None:
    found = list(states(recording, recording.events, tmp_path / "states", 160))
    assert len(found) == 160 * (len(recording.events) + 1) > 2_000
    assert all(found)


def test_no_sync_can_be_left_out(recording: Recording, tmp_path: Path) -> None:
    syncs = [at for at, event in enumerate(recording.events) if event.kind.startswith("sync")]
    assert len(syncs) >= 5
    for at in syncs:
        event = recording.events[at]
        without = recording.events[:at] + recording.events[at + 1 :]
        whole = all(states(recording, without, tmp_path / f"without-{at}", 6))
        assert not whole, f"nothing shows that {event.kind} {event.name} is needed"


def test_after_a_power_cut_an_update_heals(recording: Recording, tmp_path: Path) -> None:
    random = Random(5)
    for end in range(0, len(recording.events) + 1, 3):
        root = tmp_path / f"healed-{end}"
        bench = Workbench(root)
        for number in range(len(recording.after["articles"])):
            bench.write(f"{number}.txt", STORY.format(number + 1))
        recording.disk(recording.events[:end]).after_power_cut(random, root / "index_data")
        with no_waiting():
            bench.update()
        assert bench.contents() == recording.after
        assert bench.faults() == ()
