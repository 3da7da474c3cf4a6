"""Whatever operation the system refuses, at whatever moment: the index stays whole and the next update succeeds."""

import errno
from pathlib import Path
from shutil import copytree
from typing import Any, NamedTuple

import pytest
from indexes import Workbench
from twins import FaultyDirectory

from indexer.errors import StorageError
from indexer.storage import FileDirectory, Lock

STORY = " date 2023-11-{0:02d} Story {0}\n\nBody {0} of it.\n"
ERRORS = (errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EMFILE, errno.EACCES, errno.EROFS)


def prepare(root: Path) -> Workbench:
    """Make an index whose next update adds, deletes, merges and collects garbage."""
    bench = Workbench(root)
    for number in range(1, 4):
        bench.write(f"{number}.txt", STORY.format(number))
        bench.update()
    bench.write("4.txt", STORY.format(4))
    bench.remove("2.txt")
    return bench


class Case(NamedTuple):
    """An index before an update, what it holds then and afterwards, and what an undisturbed update does."""

    root: Path
    before: dict[str, Any]
    after: dict[str, Any]
    calls: list[str]


@pytest.fixture
def case(tmp_path: Path) -> Case:
    bench = prepare(tmp_path / "case")
    copytree(bench.root, tmp_path / "undisturbed")
    undisturbed = Workbench(tmp_path / "undisturbed")
    undisturbed.directory = directory = FaultyDirectory(undisturbed.root / "index_data")
    undisturbed.update()
    calls = list(directory.calls)
    return Case(bench.root, bench.contents(), bench.rebuilt(), calls)


def outcome(case: Case, root: Path, at: int, error: int, lasting: bool) -> str:
    """Let the update fail at its ``at``-th operation; check the promise, and say whether it got through."""
    copytree(case.root, root)
    bench = Workbench(root)
    sound, bench.directory = bench.directory, FaultyDirectory(bench.root / "index_data", at, error, lasting)
    try:
        bench.update()
        end = "done"
    except StorageError as refusal:
        assert refusal.error.errno == error
        assert str(bench.directory.path) in refusal.path and refusal.operation
        end = "refused"
    bench.directory = sound
    with Lock(sound.path):
        pass
    found = bench.contents()
    assert found == case.after if end == "done" else found in (case.before, case.after)
    if end == "refused" and not lasting and found == case.before:
        assert bench.faults() == (), "a failed update left files behind"
    bench.update()
    assert bench.contents() == case.after
    assert bench.faults() == ()
    return end


def test_every_operation_may_fail_once(case: Case, tmp_path: Path) -> None:
    assert {"make", "list", "create", "write", "close", "sync", "publish", "delete", "read"} <= set(case.calls)
    moments = range(1, len(case.calls) + 1)
    ends = [outcome(case, tmp_path / str(at), at, ERRORS[at % len(ERRORS)], False) for at in moments]
    assert ends.count("refused") > 20
    deletes = [at for at, call in enumerate(case.calls) if call == "delete"]
    assert all(ends[at] == "done" for at in deletes), "what cannot be deleted now is deleted next time"


@pytest.mark.promises
@pytest.mark.parametrize("error", ERRORS)
def test_every_operation_may_fail_for_good(case: Case, tmp_path: Path, error: int) -> None:
    for at in range(1, len(case.calls) + 1):
        outcome(case, tmp_path / str(at), at, error, True)


def test_a_disk_that_fills_up_loses_nothing(tmp_path: Path) -> None:
    import resource

    bench = prepare(tmp_path)
    before = bench.contents()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    refused = 0
    for size in range(0, 12_000, 500):
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
        try:
            bench.update()
            break
        except StorageError as refusal:
            refused += 1
            assert refusal.error.errno == errno.EFBIG
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert bench.contents() == before
        assert bench.faults() == ()
    assert refused > 3
    assert bench.contents() == bench.rebuilt()
    assert isinstance(bench.directory, FileDirectory)
