"""Are seeds as they were, as far as can be told without reading them?

A look at every file costs a few microseconds each, which a reader notices from some 20,000 files on. Of so
many a manifest keeps a *glance*: the time of each folder, which changes when a file in it is added, removed
or renamed, and the stamps of the files that changed last, since what was edited lately is edited again. A
search then looks at nothing else. The edit of an older file is seen by ``indexer update``, or when anything
else has changed: every update looks at all.

Racy folders: as with files (``ledger.py``), a folder that changed right before it was looked at may change
again without another time. It is kept with the time NEVER, so the next search updates, and clears the mark.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from heapq import nlargest
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from indexer.documents.discover import Stamp
from indexer.limits import Limits
from indexer.storage.digest import quick_digest

if TYPE_CHECKING:
    from indexer.index.seeds import Seeds

RACY_NS = 2_000_000_000  # the clocks of file systems are coarse: two seconds at worst
NEVER = -1
MOST_CHARACTERS = 1 << 19  # of all paths: what makes a manifest too large is not quick to look at either


class Glance(NamedTuple):
    """What a search looks at; paths are relative to seeds, times in ns."""

    folders: tuple[tuple[str, int], ...]
    files: tuple[Stamp, ...]


def glance(seeds: Seeds, stamps: list[Stamp], started: int, limits: Limits) -> Glance | None:
    """Return what to look at where ``stamps`` were found; ``started`` is the time before, in ns.

    None where all are looked at: they are few, or have too many folders.
    """
    if len(stamps) <= limits.seeds_listed:
        return None
    folders = tuple(
        (path, NEVER if changed >= started - RACY_NS else changed) for path, changed in seeds.folders()
    )
    files = tuple(sorted(nlargest(limits.seeds_glanced, stamps, key=lambda stamp: stamp.mtime_ns)))
    paths = [*(path for path, _ in folders), *(stamp.path for stamp in files)]
    return Glance(folders, files) if sum(map(len, paths)) <= MOST_CHARACTERS else None


def is_same(known: Glance, folder: Path) -> bool:
    """Say whether folders and files in ``folder`` are as ``known``."""
    root = f"{folder}/"  # plain strings: a Path for each file costs more than the look at it
    try:
        for path, changed in known.folders:
            if os.stat(root + path).st_mtime_ns != changed:  # noqa: PTH116
                return False
        for path, size, changed in known.files:
            status = os.stat(root + path)  # noqa: PTH116
            if (status.st_size, status.st_mtime_ns) != (size, changed):
                return False
    except OSError:
        return False
    return True


def seeds_digest(stamps: Iterable[Stamp]) -> int:
    """Return 64 bits over path, size and time of every file; equal digests mean that nothing changed."""
    lines = [f"{path}\0{size}\0{changed}\0" for path, size, changed in stamps]
    return quick_digest("".join(lines).encode("utf-8", "surrogatepass"))
