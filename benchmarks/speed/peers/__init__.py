"""Which engines can be measured here?"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.speed.peers.base import Engine

OURS, PAIR = "indexer", "indexer, 2 processes"
GROWING, FILES = "indexer, one growing file", "indexer, a file each"
CLASSES = {
    OURS: ("indexer", "ours:Ours"),
    GROWING: ("indexer", "ours:Growing"),
    FILES: ("indexer", "ours:Files"),
    PAIR: ("indexer", "ours:Pair"),
    "fts5": ("sqlite3", "fts5:Fts5"),
    "tantivy": ("tantivy", "tantivy:Tantivy"),
    "tantivy, 2 threads": ("tantivy", "tantivy:Pair"),
    "whoosh": ("whoosh", "whoosh:Whoosh"),
    "xapian": ("xapian", "xapian:Xapian"),
}
PAIRS = {OURS: PAIR, "tantivy": "tantivy, 2 threads"}
"""Engines that can build on two cores, and what they are called when they do."""
PEERS = tuple(name for name in CLASSES if name not in (OURS, GROWING, FILES, *PAIRS.values()))


def installed(name: str) -> bool:
    """Say whether an engine can be imported."""
    try:
        import_module(CLASSES[name][0])
    except ImportError:
        return False
    return True


def engine(name: str, folder: Path) -> Engine:
    """Return an engine whose index is, or will be, in ``folder`` under its name."""
    module, _, kind = CLASSES[name][1].partition(":")
    made: Engine = getattr(import_module(f"benchmarks.speed.peers.{module}"), kind)(folder / name)
    return made
