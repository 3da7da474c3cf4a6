"""Whatever call the system refuses, at whatever moment: the index stays whole and the next update succeeds."""

import errno
from pathlib import Path
from shutil import copytree
from typing import Any, NamedTuple

import pytest
from indexes import Workbench
from syscalls import Calls, fail, shorten, spilling

from indexer.errors import StorageError
from indexer.storage import FileDirectory
from indexer.storage.lock import Lock

STORY = " date 2023-11-{0:02d} Story {0}\n\nBody {0} of it.\n"
ERRORS = (errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EMFILE, errno.EACCES, errno.EROFS, errno.EINTR)
KINDS = {"mkdir", "create", "write", "close", "sync", "rename", "unlink", "truncate", "flock"} | {
    "list", "open", "read", "stat", "map", "scratch", "scratch write", "scratch seek", "scratch read", "scratch close",
}  # fmt: skip


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
    """An index before an update, what it holds then and afterwards, and the calls of an undisturbed update."""

    root: Path
    before: dict[str, Any]
    after: dict[str, Any]
    calls: list[str]


@pytest.fixture
def case(tmp_path: Path) -> Case:
    bench = prepare(tmp_path / "case")
    copytree(bench.root, tmp_path / "undisturbed")
    with spilling(), Calls() as calls:
        Workbench(tmp_path / "undisturbed").update()
    return Case(bench.root, bench.contents(), bench.rebuilt(), calls.kinds)


def outcome(case: Case, root: Path, at: int, error: int, lasting: bool = False) -> str:
    """Let the ``at``-th call of an update fail; check the promise, and say whether the update got through."""
    copytree(case.root, root)
    bench = Workbench(root)
    with spilling(), Calls(at, fail(error), lasting):
        try:
            bench.update()
            end = "done"
        except StorageError as refusal:
            assert refusal.error.errno == error
            assert refusal.path.startswith(str(bench.directory.path)) and refusal.operation
            end = "refused"
    with Lock(bench.directory.path):
        pass
    found = bench.contents()
    assert found == case.after if end == "done" else found in (case.before, case.after)
    if end == "refused" and not lasting and found == case.before:
        assert bench.faults() == (), "a failed update left files behind"
    bench.update()
    assert bench.contents() == case.after
    assert bench.faults() == ()
    return end


@pytest.mark.parametrize("every", [4, pytest.param(1, marks=pytest.mark.promises)])
def test_every_call_may_fail_once(case: Case, tmp_path: Path, every: int) -> None:
    assert set(case.calls) == KINDS
    assert len(case.calls) > 100
    ends = [
        (case.calls[at], outcome(case, tmp_path / f"{at}", at + 1, ERRORS[at % len(ERRORS)]))
        for at in range(0, len(case.calls), every)
    ]
    assert [end for _, end in ends].count("refused") > len(ends) / 2
    ends = [end for kind, end in ends if kind == "unlink"]
    assert set(ends) <= {"done"}, "what cannot be deleted now is deleted next time"


@pytest.mark.promises
@pytest.mark.timeout(600)
@pytest.mark.parametrize("error", ERRORS, ids=errno.errorcode.get)
def test_every_kind_of_call_may_fail_with_every_error(case: Case, tmp_path: Path, error: int) -> None:
    ends: dict[str, set[str]] = {}
    for kind in sorted(KINDS):
        some = [at for at, found in enumerate(case.calls) if found == kind]
        tried = {some[0], some[len(some) // 2], some[-1]}
        ends[kind] = {outcome(case, tmp_path / f"{kind}-{at}", at + 1, error) for at in tried}
    assert "refused" in ends["write"] & ends["sync"]
    assert ends["unlink"] == {"done"}, "what cannot be deleted now is deleted next time"


@pytest.mark.promises
@pytest.mark.timeout(600)
def test_every_call_may_fail_for_good(case: Case, tmp_path: Path) -> None:
    ends = [
        outcome(case, tmp_path / f"{at}", at + 1, ERRORS[at % len(ERRORS)], lasting=True)
        for at in range(len(case.calls))
    ]
    assert ends.count("refused") > len(ends) / 2


def test_writes_that_are_cut_short_are_finished(case: Case) -> None:
    bench = Workbench(case.root)
    with spilling(), Calls(at=1, act=shorten, lasting=True) as calls:
        bench.update()
    assert calls.kinds.count("write") > case.calls.count("write") + 50
    assert bench.contents() == case.after
    assert bench.faults() == ()


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
