"""Where do answers and remarks go, and what can the stream show?

Answers go to standard output, everything else to standard error. Either may be closed, or a pipe whose reader
has left, or unable to encode what is written.
"""

import os
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import TextIO

MEASURE = 100  # columns: longer lines are hard to read, however wide the terminal
TABLE = 200  # where lines are looked along one under the other rather than read
NARROWEST = 24
ASSUMED = 80  # columns where there is no terminal


def prepare() -> None:
    """Let characters that the stream cannot encode be written as escapes instead of ending the program."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def write(lines: Iterable[str]) -> None:
    """Write lines of an answer. Raises OSError, among them BrokenPipeError."""
    if sys.stdout is not None:  # closed by the caller: search >&-
        sys.stdout.writelines(f"{line}\n" for line in lines)


def write_bytes(chunks: Iterable[bytes]) -> None:
    """Write raw bytes of an answer. Raises OSError, among them BrokenPipeError."""
    if sys.stdout is not None:
        sys.stdout.flush()
        sys.stdout.buffer.writelines(chunks)


def remark(lines: Iterable[str]) -> None:
    """Write lines to standard error."""
    if sys.stderr is not None:
        sys.stderr.writelines(f"{line}\n" for line in lines)
        sys.stderr.flush()


def flush() -> None:
    """Write out what is buffered now, where an error can still be reported. Raises OSError."""
    if sys.stdout is not None:
        sys.stdout.flush()


def abandon() -> None:
    """Send what is still buffered nowhere, so that the interpreter does not fail once more when it ends."""
    try:
        number = sys.stdout.fileno()
    except (AttributeError, OSError, ValueError):  # closed, or no file
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, number)
    os.close(nowhere)


def colourful(choice: str, stream: TextIO | None, environment: Mapping[str, str]) -> bool:
    """Whether to colour: --color decides, else NO_COLOR, FORCE_COLOR, TERM=dumb, or being a terminal."""
    if choice != "auto":
        return choice == "always"
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR"):
        return True
    return environment.get("TERM") != "dumb" and is_terminal(stream)


def follows_links(stream: TextIO | None, environment: Mapping[str, str]) -> bool:
    """Whether a stream that is coloured takes links as well: NO_HYPERLINKS, FORCE_HYPERLINKS, or a terminal.

    One that does not know OSC 8 ignores it, save the console of Linux.
    """
    if environment.get("NO_HYPERLINKS"):
        return False
    if environment.get("FORCE_HYPERLINKS"):
        return True
    return is_capable(stream, environment) and environment["TERM"] != "linux"


def is_capable(stream: TextIO | None, environment: Mapping[str, str]) -> bool:
    """Whether a stream ends at a terminal that can do more than print one line after the other."""
    return is_terminal(stream) and environment.get("TERM", "dumb") != "dumb"


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a stream, which may be missing or closed, ends at a terminal."""
    return stream is not None and not stream.closed and stream.isatty()


def page_width(most: int = MEASURE) -> int:
    """Columns to write in: COLUMNS or the terminal's, within what can be read; 80 without a terminal."""
    return max(NARROWEST, min(_terminal_width(), most))


def _terminal_width() -> int:
    """What ``shutil.get_terminal_size`` says; to import that loads every compressor of the library."""
    with suppress(KeyError, ValueError):
        if (columns := int(os.environ["COLUMNS"])) > 0:
            return columns
    with suppress(ValueError, OSError):  # closed, or no terminal
        if sys.__stdout__ is not None:
            return os.get_terminal_size(sys.__stdout__.fileno()).columns or ASSUMED
    return ASSUMED
