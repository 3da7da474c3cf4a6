"""Who helps to build a large index?

Processes forked for it, one for each core but one. They analyse and build segments as this one would alone,
from the parcels of articles that it reads for them, and hand back what the files are called. Which parcel
goes to whom depends on its number alone, so that the same seeds always make the same segments. A helper that
fails or is killed fails the update as a whole: nothing that it wrote is in any manifest.

What comes through a pipe is read by a thread, so that whoever hands out parcels hardly ever waits.
"""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from queue import Queue
from threading import Thread
from typing import NamedTuple, Protocol

from indexer.documents.article import Article
from indexer.errors import ArchiveError, HelperLost, StorageError
from indexer.index.manifest import FileSum, SegmentEntry
from indexer.index.parcel import unwrap, wrap
from indexer.storage.pipe import Pipe

WAITING = 4  # parcels read ahead
_DICTIONARY = b"D"  # what a message begins with that is no parcel but what texts are to be packed with
_END = b""  # the message after the last parcel: a pipe that ends without it means that the sender is gone


class Builds(Protocol):
    """What a helper does with articles: ``builder.SegmentBuilder`` does it all."""

    def add(self, article: Article) -> None: ...
    def know(self, dictionary: bytes) -> None: ...
    def segments(self) -> Sequence[SegmentEntry]: ...


class _Helper(NamedTuple):
    pid: int
    parcels: Pipe  # to it
    answer: Pipe  # from it


class Crew:
    """Helpers at work. ``collect`` or ``dismiss`` in the end."""

    def __init__(self, helpers: int, builds: Callable[[int], Builds]) -> None:
        """``builds`` is called in each helper with its number, from 1 on."""
        self._helpers: list[_Helper] = []
        self._turn = 0
        try:
            for number in range(1, helpers + 1):
                self._helpers.append(self._fork(number, builds))
        except OSError as error:
            self.dismiss()
            raise StorageError("start a process", "for building the index", error) from error

    @property
    def size(self) -> int:
        """How many helpers there are."""
        return len(self._helpers)

    def take(self, articles: Sequence[Article]) -> None:
        """Hand the articles to a helper."""
        helper = self._helpers[self._turn % len(self._helpers)]
        self._turn += 1
        with suppress(BrokenPipeError):  # ``collect`` tells why
            helper.parcels.send(wrap(articles))

    def tell(self, dictionary: bytes) -> None:
        """Let all helpers pack texts with ``dictionary``, if they have not begun."""
        for helper in self._helpers:
            with suppress(BrokenPipeError):
                helper.parcels.send(_DICTIONARY + dictionary)

    def collect(self) -> list[SegmentEntry]:
        """Return the segments that the helpers built, once they are done.

        Raises HelperLost where one is gone, and what went wrong in one otherwise.
        """
        for helper in self._helpers:
            with suppress(BrokenPipeError):
                helper.parcels.send(_END)
        found: list[SegmentEntry] = []
        while self._helpers:
            helper = self._helpers[0]
            answer = helper.answer.receive()
            status = _reaped(self._helpers.pop(0))
            if answer is None:
                raise HelperLost(_fate(status))
            found += _understood(answer)
        return found

    def dismiss(self) -> None:
        """End the helpers, whatever they do."""
        while self._helpers:
            with suppress(ProcessLookupError):
                os.kill(self._helpers[0].pid, signal.SIGKILL)
            _reaped(self._helpers.pop(0))

    def _fork(self, number: int, builds: Callable[[int], Builds]) -> _Helper:
        parcels, answer = Pipe(), Pipe()
        pid = os.fork()
        if pid:
            parcels.close_reading()
            answer.close_writing()
            return _Helper(pid, parcels, answer)
        try:  # in the helper, which must never return from here
            for other in self._helpers:
                other.parcels.close()
                other.answer.close()
            parcels.close_writing()
            answer.close_reading()
            answer.send(_work(parcels, lambda: builds(number)))
        finally:
            os._exit(0)


def _work(parcels: Pipe, builds: Callable[[], Builds]) -> bytes:
    """Build segments; return the answer, or what went wrong."""
    try:
        builder = builds()
        for parcel in _received(parcels):
            if parcel.startswith(_DICTIONARY):
                builder.know(parcel.removeprefix(_DICTIONARY))
                continue
            for article in unwrap(parcel):
                builder.add(article)
        return json.dumps([(e.generation, e.number, e.docs, *e.file) for e in builder.segments()]).encode()
    except StorageError as error:
        reason = error.error.errno or 0, error.error.strerror or str(error.error)
        return json.dumps({"operation": error.operation, "path": error.path, "reason": reason}).encode()
    except Exception as error:
        return json.dumps({"error": f"{type(error).__name__}: {error}"}).encode()


def _received(parcels: Pipe) -> Iterator[bytes]:
    """Yield parcels, reading ahead; the helper of a process that is gone ends here."""
    waiting: Queue[bytes | None] = Queue(WAITING)

    def read() -> None:
        message: bytes | None = None
        while message != _END:
            message = parcels.receive()
            waiting.put(message)
            if message is None:
                return

    Thread(target=read, daemon=True).start()
    while (parcel := waiting.get()) != _END:
        if parcel is None:
            os._exit(1)
        yield parcel


def _reaped(helper: _Helper) -> int:
    helper.parcels.close()
    helper.answer.close()
    return os.waitpid(helper.pid, 0)[1]


def _fate(status: int) -> str:
    code = os.waitstatus_to_exitcode(status)
    end = f"was ended by signal {-code}" if code < 0 else f"ended with status {code}"
    return (
        f"a process that built a part of the index {end}; nothing was changed. "
        "Try again, with --processes 1 where memory is short."
    )


def _understood(answer: bytes) -> Iterator[SegmentEntry]:
    """Yield the segments in an answer, or raise what the helper failed of."""
    values = json.loads(answer)
    if isinstance(values, list):
        for generation, number, docs, size, crc in values:
            yield SegmentEntry(generation, number, docs, FileSum(size, crc))
    elif "operation" in values:
        raise StorageError(values["operation"], values["path"], OSError(*values["reason"]))
    else:
        raise ArchiveError(f"a part of the index could not be built ({values['error']}); nothing was changed")
