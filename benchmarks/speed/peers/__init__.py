"""Which engines can be measured here?"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.speed.peers.base import Engine

OURS, GROWING = "indexer", "indexer, one growing file"
CLASSES = {
    OURS: ("indexer", "ours:Ours"),
    GROWING: ("indexer", "ours:Growing"),
    "fts5": ("sqlite3", "fts5:Fts5"),
    "tantivy": ("tantivy", "tantivy:Tantivy"),
    "whoosh": ("whoosh", "whoosh:Whoosh"),
    "xapian": ("xapian", "xapian:Xapian"),
}
PEERS = tuple(name for name in CLASSES if name not in (OURS, GROWING))


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
