"""The calls by which ``storage`` asks the operating system: counted, refused, cut short, or the last ones ever.

    with Calls() as calls:                          counts them
        bench.update()
    with Calls(at=7, act=fail(errno.ENOSPC)):       the seventh is refused
    with Calls(at=7, act=die):                      the process ends where the seventh would be

Only calls that ``indexer.storage`` makes are touched; whoever reads seeds, or checks afterwards, is not.
"""

import fcntl
import mmap
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

from indexer.storage import directory, lock

CHANGING = frozenset({"create", "write", "sync", "mkdir", "rename", "unlink", "truncate", "scratch", "scratch write"})
DEAD = 77  # exit code of a process that died where it was told to
SMALL = 256  # bytes of the buffer, so that even a small file takes several writes


class Call(NamedTuple):
    """One call; ``half`` does the first half of a write, and says how much that was."""

    kind: str
    half: Callable[[], int] | None = None


Act = Callable[[Call], int | None]


def fail(error: int) -> Act:
    """Refuse a call; of a write, half is done before."""

    def act(call: Call) -> int | None:
        if call.half is not None:
            call.half()
        raise OSError(error, os.strerror(error))

    return act


def shorten(call: Call) -> int | None:
    """Write half, which is no error."""
    return call.half() if call.half is not None else None


def die(call: Call) -> int | None:
    """End the process, in the middle of a write where it is one."""
    if call.half is not None:
        call.half()
    os._exit(DEAD)


class Calls:
    """Watches the calls of storage while it is entered. ``only``: the kinds that count (default: all)."""

    def __init__(
        self, at: int = 0, act: Act | None = None, lasting: bool = False, only: frozenset[str] | None = None
    ) -> None:
        self.at = at
        self.act = act
        self.lasting = lasting
        self.only = only
        self.kinds: list[str] = []
        self._undo: list[Callable[[], None]] = []

    def step(self, call: Call) -> int | None:
        """Count a call and act where it is its turn; a number says that the call is done already."""
        if self.only is not None and call.kind not in self.only:
            return None
        self.kinds.append(call.kind)
        now = len(self.kinds)
        due = self.act is not None and self.at and (now == self.at or (self.lasting and now > self.at))
        return self.act(call) if due and self.act is not None else None

    def __enter__(self) -> "Calls":
        self._patch(directory, "os", _Os(self))
        self._patch(lock, "os", _Os(self))
        self._patch(lock, "fcntl", _Fcntl(self))
        self._patch(directory, "mmap", _Mmap(self))
        self._patch(tempfile, "TemporaryFile", self._scratch)
        for name, kind in (("mkdir", "mkdir"), ("replace", "rename"), ("unlink", "unlink"), ("open", "read")):
            self._patch(directory.Path, name, self._counted(getattr(Path, name), kind))
        self._patch(directory.FileWriter, "__init__", _small_buffer)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for undo in reversed(self._undo):
            undo()
        self._undo.clear()

    def _patch(self, where: Any, name: str, value: Any) -> None:
        old = where.__dict__[name]
        setattr(where, name, value)
        self._undo.append(lambda: setattr(where, name, old))

    def _counted(self, original: Callable[..., Any], kind: str) -> Callable[..., Any]:
        def counted(path: Path, *args: Any, **options: Any) -> Any:
            if path.name == "index_data" or path.parent.name == "index_data":
                self.step(Call(kind))
            return original(path, *args, **options)

        return counted

    def _scratch(self, *args: Any, **options: Any) -> Any:
        self.step(Call("scratch"))
        return _Scratch(self, tempfile._TemporaryFile(*args, **options))  # type: ignore[attr-defined]


tempfile._TemporaryFile = tempfile.TemporaryFile  # type: ignore[attr-defined]


def _small_buffer(writer: directory.FileWriter, path: Path) -> None:
    super(directory.FileWriter, writer).__init__(directory._RawFile(path), SMALL)


class _Os:
    """The module ``os`` as storage sees it."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def __getattr__(self, name: str) -> Any:
        return getattr(os, name)

    def open(self, path: Path, flags: int, *mode: int) -> int:
        self._calls.step(Call("create" if flags & os.O_CREAT else "open"))
        return os.open(path, flags, *mode)

    def write(self, descriptor: int, data: Any) -> int:
        view = memoryview(data).cast("B")
        done = self._calls.step(Call("write", lambda: os.write(descriptor, view[: max(1, len(view) // 2)])))
        return os.write(descriptor, view) if done is None else done

    def pwrite(self, descriptor: int, data: bytes, at: int) -> int:
        self._calls.step(Call("write", lambda: os.pwrite(descriptor, data[: len(data) // 2], at)))
        return os.pwrite(descriptor, data, at)

    def fsync(self, descriptor: int) -> None:
        self._calls.step(Call("sync"))
        os.fsync(descriptor)

    def ftruncate(self, descriptor: int, size: int) -> None:
        self._calls.step(Call("truncate"))
        os.ftruncate(descriptor, size)

    def close(self, descriptor: int) -> None:
        os.close(descriptor)  # gone, whatever the system says of it
        self._calls.step(Call("close"))

    def scandir(self, path: Path) -> Any:
        self._calls.step(Call("list"))
        return os.scandir(path)

    def fstat(self, descriptor: int) -> os.stat_result:
        self._calls.step(Call("stat"))
        return os.fstat(descriptor)


class _Fcntl:
    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def __getattr__(self, name: str) -> Any:
        return getattr(fcntl, name)

    def flock(self, descriptor: int, operation: int) -> None:
        self._calls.step(Call("flock"))
        fcntl.flock(descriptor, operation)


class _Mmap:
    ACCESS_READ = mmap.ACCESS_READ

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def mmap(self, *args: Any, **options: Any) -> mmap.mmap:
        self._calls.step(Call("map"))
        return mmap.mmap(*args, **options)


class _Scratch:
    """A nameless file; what is written to it arrives at once."""

    def __init__(self, calls: Calls, file: Any) -> None:
        self._calls = calls
        self._file = file

    def writelines(self, parts: list[bytes]) -> None:
        for part in parts:
            self.write(part)

    def write(self, data: Any) -> None:
        self._calls.step(Call("scratch write"))
        self._file.write(data)

    def seek(self, place: int) -> int:
        self._calls.step(Call("scratch seek"))
        return int(self._file.seek(place))

    def read(self, size: int) -> bytes:
        self._calls.step(Call("scratch read"))
        return bytes(self._file.read(size))

    def readinto(self, buffer: Any) -> int:
        self._calls.step(Call("scratch read"))
        return int(self._file.readinto(buffer))

    def close(self) -> None:
        self._file.close()
        self._calls.step(Call("scratch close"))


@contextmanager
def spilling(held: int = 200, tokens: int = 20) -> Iterator[None]:
    """Let writers of segments keep so many bytes and tokens in memory; the rest goes to scratch files."""
    from functools import partial

    from indexer.codec import drawers, segment_writer, waiting

    original = segment_writer.SectionFileWriter, waiting.BLOCK, drawers.DRAWER
    segment_writer.SectionFileWriter = partial(original[0], held=held)  # type: ignore[misc,assignment]
    waiting.BLOCK = drawers.DRAWER = tokens
    try:
        yield
    finally:
        segment_writer.SectionFileWriter, waiting.BLOCK, drawers.DRAWER = original  # type: ignore[misc]


def in_child(work: Callable[[], object]) -> int:
    """Run ``work`` in a forked process that leaves without tidying up; return its exit code, or -signal."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
