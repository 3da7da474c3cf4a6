"""How far is a long job, and how long will it take?"""

import sys
import time
from collections import deque
from collections.abc import Callable
from types import TracebackType
from typing import TextIO

from indexer.cli import streams

PATIENCE = 1.0  # seconds before anything is shown: a quick job needs no bar
EVERY = 0.1  # seconds between two drawings
WINDOW = 50  # drawings over which the rate is measured, so that it follows a change of pace
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
        self._samples = deque([(clock(), 0)], maxlen=WINDOW)  # (time, articles done) at each drawing
        self._next = self._samples[0][0] + PATIENCE
        self._drawn = False

    def __call__(self, done: int, total: int) -> None:
        """Draw, if it is time to."""
        if not self._shown:
            return
        now = self._clock()
        if now < self._next and not (self._drawn and done >= total):
            return
        self._next = now + EVERY
        self._drawn = True
        began, before = self._samples[0]
        self._samples.append((now, done))
        rate = max(done - before, 0) / (now - began) if now > began else 0.0
        self._stream.write(_ERASE + line(done, total, rate, streams.page_width()))
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


def line(done: int, total: int, rate: float, width: int) -> str:
    """One drawing: bar, counts, articles a second and time left; less of it where there is no room.

    >>> line(50, 200, 5.0, 80)
    '██████                   50 of 200 articles · 5 a second · 30 s left'
    """
    total = max(total, done)
    parts = [f"{done:,} of {total:,} articles"]
    if done == total:  # the index is still to be written
        parts = [f"{done:,} articles", "finishing"]
    elif rate > 0:
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
