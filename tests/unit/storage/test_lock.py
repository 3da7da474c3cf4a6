"""One writer at a time; who waits learns for whom; the dead hold nothing."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.errors import ArchiveLocked, StorageError
from indexer.storage.lock import Lock

REPO = Path(__file__).resolve().parents[3]
HOLD = "import sys, pathlib; from indexer.storage.lock import Lock; Lock(pathlib.Path(sys.argv[1])).acquire(); print('held', flush=True); sys.stdin.read()"


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock of ``tmp_path``."""
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=REPO)
    assert process.stdout is not None and process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_a_second_writer_learns_who_holds_the_lock(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    with pytest.raises(ArchiveLocked) as refusal:
        Lock(tmp_path).acquire()
    assert f"process {holder.pid} on {os.uname().nodename}" in refusal.value.holder
    assert "for 0 s" in refusal.value.holder
    assert str(tmp_path) in str(refusal.value)
    assert "Wait until it is done" in str(refusal.value)


def test_a_killed_holder_frees_the_lock_at_once(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    with Lock(tmp_path), pytest.raises(ArchiveLocked, match=f"process {os.getpid()}"):
        Lock(tmp_path).acquire()


def test_a_writer_waits_for_its_turn(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    assert holder.stdin is not None
    threading.Timer(0.2, holder.stdin.close).start()
    with Lock(tmp_path, wait=10):
        assert holder.wait() == 0


def test_waiting_ends(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    started = time.monotonic()
    with pytest.raises(ArchiveLocked):
        Lock(tmp_path).acquire(wait=0.2)
    assert time.monotonic() - started >= 0.2


def test_the_lock_excludes_within_one_process_too(tmp_path: Path) -> None:
    with Lock(tmp_path), pytest.raises(ArchiveLocked, match=f"process {os.getpid()}"):
        Lock(tmp_path).acquire()
    with Lock(tmp_path):
        pass


def test_releasing_twice_is_harmless_and_clears_the_signature(tmp_path: Path) -> None:
    lock = Lock(tmp_path)
    lock.acquire()
    lock.release()
    lock.release()
    assert (tmp_path / "lock").read_bytes() == b""


def test_a_signature_that_cannot_be_read_decides_nothing(tmp_path: Path) -> None:
    with Lock(tmp_path):
        (tmp_path / "lock").write_bytes(b"\xff[[[")
        with pytest.raises(ArchiveLocked, match="is being written by another process"):
            Lock(tmp_path).acquire()


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"cannot lock .*lock: No such file"):
        Lock(tmp_path / "gone").acquire()


def test_a_link_in_place_of_the_lock_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "target").write_bytes(b"mine")
    (tmp_path / "lock").symlink_to("target")
    with pytest.raises(StorageError, match="cannot lock"):
        Lock(tmp_path).acquire()
    assert (tmp_path / "target").read_bytes() == b"mine"


def test_a_file_system_without_locks_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fcntl.flock", lambda descriptor, operation: None)
    with pytest.raises(StorageError, match="put index_data on a local disk"):
        Lock(tmp_path).acquire()


def test_the_lock_file_respects_the_umask(tmp_path: Path) -> None:
    old = os.umask(0o077)
    try:
        with Lock(tmp_path):
            assert (tmp_path / "lock").stat().st_mode & 0o777 == 0o600
    finally:
        os.umask(old)
