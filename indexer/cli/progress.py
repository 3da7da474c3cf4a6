"""How far is a long job, and how long will it take?"""

import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import TextIO

from indexer.cli import streams

PATIENCE = 1.0  # seconds before anything is shown: a quick job needs no bar
EVERY = 0.1  # seconds between two drawings
CELLS = 24
_EIGHTHS = " ▏▎▍▌▋▊▉"
_ERASE = "\r\x1b[K"


class Bar:
    """A bar on standard error, on a terminal only; call it with (articles done, articles to do)."""

    def __init__(
        self, stream: TextIO | None = None, clock: Callable[[], float] = time.monotonic, quiet: bool = False
    ) -> None:
        self._stream = stream or sys.stderr
        self._clock = clock
        self._shown = not quiet and streams.is_terminal(self._stream)
        self._start = clock()
        self._next = self._start + PATIENCE
        self._drawn = False

    def __call__(self, done: int, total: int) -> None:
        """Draw, if it is time to."""
        if not self._shown:
            return
        now = self._clock()
        if now < self._next:
            return
        self._next = now + EVERY
        self._drawn = True
        self._stream.write(_ERASE + line(done, total, now - self._start, streams.page_width()))
        self._stream.flush()

    def __enter__(self) -> "Bar":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave no trace of the bar."""
        if self._drawn:
            self._stream.write(_ERASE)
            self._stream.flush()


def line(done: int, total: int, seconds: float, width: int) -> str:
    """One drawing: bar, counts, rate and time left; less of it where there is no room.

    >>> line(50, 200, 10.0, 80)
    '██████                   50 of 200 articles · 5 a second · 30 s left'
    """
    total = max(total, done)
    rate = done / seconds if seconds > 0 else 0.0
    parts = [f"{done:,} of {total:,} articles"]
    if rate > 0:
        parts += [f"{rate:,.0f} a second", f"{duration((total - done) / rate)} left"]
    text = " · ".join(parts)
    cells = min(CELLS, width - len(text) - 3)
    return f"{_cells(done / total if total else 1.0, cells)} {text}" if cells >= 6 else text[: width - 1]


def _cells(share: float, cells: int) -> str:
    whole, part = divmod(round(share * cells * 8), 8)
    bar = "█" * whole + (_EIGHTHS[part] if part else "")
    return f"{bar:<{cells}}"


def duration(seconds: float) -> str:
    """
    >>> duration(0.42), duration(75), duration(7300)
    ('0 s', '1 min 15 s', '2 h 1 min')
    """
    whole = int(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"
