"""Which files hold the articles found, as the working directory can open them?

As ``ls`` does, control characters in a name are made visible on a terminal and left raw in a pipe, where the
next program must be able to open what it is given. A name with a newline in it is safe only with NUL as its
end.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from indexer.present.escape import visible
from indexer.search.results import Hit


def paths(hits: Iterable[Hit], root: Path) -> Iterator[str]:
    """The path of each hit's file, none twice, relative to the working directory where there is one."""
    start = _working_directory()
    for path in dict.fromkeys(hit.path for hit in hits):
        whole = str(root / path)
        here = os.path.relpath(whole, start) if start else whole
        yield f"./{here}" if here.startswith("-") else here  # else the next program takes it for an option


def encode(names: Iterable[str], *, terminal: bool, nul: bool) -> Iterator[bytes]:
    """Each path with what ends it, as the bytes of the file system."""
    end = b"\0" if nul else b"\n"
    for name in names:
        raw = nul or not terminal
        yield os.fsencode(name if raw else visible(name)) + end


def _working_directory() -> Path | None:
    try:
        return Path.cwd()
    except OSError:  # it was deleted under us
        return None
