"""What does a reader get who was told more than a screen holds? The pager of their choice.

PAGER names it, with its options; without PAGER it is less, told (unless LESS tells otherwise) to show
colours, to leave the text on the screen, and to end by itself at what fits there. Where there is none, or
PAGER is cat or empty, the text is printed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from itertools import chain, islice
from typing import TYPE_CHECKING

from indexer.cli import streams

if TYPE_CHECKING:
    import subprocess

SETTINGS = {"LESS": "FRX", "LV": "-c", "LESSCHARSET": "utf-8"}  # as git does; none replaces the reader's own
ASSUMED = 24  # rows


def write(lines: Iterable[str]) -> None:
    """Write lines to a terminal, through the pager where they are too many. Raises OSError."""
    rest = iter(lines)
    screen = list(islice(rest, _rows()))
    command = _command() if len(screen) == _rows() else []
    if not command or not _paged(command, chain(screen, rest)):
        streams.write(chain(screen, rest))


def _rows() -> int:
    """Rows of the terminal; the last line of a full screen is the prompt's."""
    try:
        return max(os.get_terminal_size(sys.stdout.fileno()).lines, 2)
    except (OSError, ValueError):
        return ASSUMED


def _command() -> list[str]:
    from shlex import split

    try:
        command = split(os.environ.get("PAGER", "less"))
    except ValueError:  # an open quote
        return []
    return [] if command == ["cat"] else command


def _paged(command: list[str], lines: Iterable[str]) -> bool:
    """Send ``lines`` through the pager; False, with nothing of them used up, where it does not start."""
    import signal
    import subprocess

    environment = SETTINGS | os.environ
    streams.flush()
    try:
        pager = subprocess.Popen(command, stdin=subprocess.PIPE, env=environment)
    except OSError:
        return False
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # ^C is for the pager
    try:
        _feed(pager, lines)
    finally:
        pager.wait()
        signal.signal(signal.SIGINT, before)
    return True


def _feed(pager: subprocess.Popen[bytes], lines: Iterable[str]) -> None:
    assert pager.stdin is not None
    encoding = sys.stdout.encoding
    with suppress(BrokenPipeError), pager.stdin as pipe:  # the reader has seen enough
        pipe.writelines(f"{line}\n".encode(encoding, "backslashreplace") for line in lines)
