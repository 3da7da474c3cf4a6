"""Who is writing right now?

One writer at a time holds an exclusive ``flock`` on the file ``lock``. The kernel lets go of it when the
process ends, however it ends, so there is no stale lock. The file says who holds it, for the message that
others see; its content is a courtesy and decides nothing.
"""

import errno
import fcntl
import json
import os
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from indexer.errors import ArchiveLocked, StorageError
from indexer.storage.directory import telling

NAME = "lock"
PAUSE = 0.05  # seconds between attempts
HOLDER_BYTES = 4096


class Lock:
    """The writer lock of an index folder; use as a context manager or by acquire and release."""

    def __init__(self, folder: Path, wait: float = 0) -> None:
        self.path = folder / NAME
        self.wait = wait
        self._descriptor: int | None = None

    def __enter__(self) -> "Lock":
        self.acquire(self.wait)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    def acquire(self, wait: float = 0) -> None:
        """Take the lock, trying for ``wait`` seconds.

        Raises ArchiveLocked naming the holder, or StorageError where the folder cannot be written or its file
        system keeps no locks.
        """
        deadline = time.monotonic() + wait
        descriptor = self._open()
        try:
            while not self._try(descriptor):
                if time.monotonic() >= deadline:
                    raise self._refusal(descriptor)
                time.sleep(PAUSE)
            self._prove_exclusive()
            self._sign(descriptor)
        except BaseException:
            close(descriptor)
            raise
        self._descriptor = descriptor

    def release(self) -> None:
        """Let go of the lock; does nothing where it is not held."""
        if self._descriptor is None:
            return
        descriptor, self._descriptor = self._descriptor, None
        with telling("unlock", self.path):
            try:
                os.ftruncate(descriptor, 0)
            finally:
                close(descriptor)

    def _open(self) -> int:
        with telling("lock", self.path):
            return os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o666)

    def _try(self, descriptor: int) -> bool:
        with telling("lock", self.path):
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            return True

    def _prove_exclusive(self) -> None:
        """Ask for the lock a second time: some network file systems grant it to everybody."""
        second = self._open()
        try:
            if self._try(second):
                reason = "its file system does not keep locks; put index_data on a local disk"
                raise StorageError("lock", str(self.path), OSError(errno.ENOLCK, reason))
        finally:
            close(second)

    def _sign(self, descriptor: int) -> None:
        command = " ".join([Path(sys.argv[0] or "python").name, *sys.argv[1:]])[:200]
        holder = {"pid": os.getpid(), "host": os.uname().nodename, "command": command, "since": time.time()}
        with telling("write", self.path):
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, json.dumps(holder).encode("ascii"), 0)

    def _refusal(self, descriptor: int) -> ArchiveLocked:
        holder = describe(os.pread(descriptor, HOLDER_BYTES, 0))
        message = f"{self.path.parent} is being written by {holder}. Wait until it is done, or stop it."
        return ArchiveLocked(message, holder)


def close(descriptor: int) -> None:
    """Close a file to which nothing is owed: the kernel lets go of it, and of the lock, whatever it says."""
    with suppress(OSError):
        os.close(descriptor)


def describe(signature: bytes) -> str:
    """Say who signed a lock file, as one phrase.

    >>> describe(b"{}")
    'another process'
    """
    try:
        holder = json.loads(signature)
        age = max(0, round(time.time() - float(holder["since"])))
        return f"process {int(holder['pid'])} on {holder['host']} ({holder['command']}), for {age} s"
    except (ValueError, TypeError, KeyError, OverflowError):
        return "another process"
