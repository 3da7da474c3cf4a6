"""Full-text search for a growing pile of dated news articles: ``from indexer import Archive``.

Names are loaded when they are first used, so that a command pays only for what it needs.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from indexer.archive import Archive
    from indexer.errors import (
        ArchiveDamaged,
        ArchiveError,
        ArchiveLocked,
        DateError,
        NoArchive,
        QueryError,
        ShrinkRefused,
        StorageError,
        UnknownArticle,
    )
    from indexer.search.histogram import Histogram
    from indexer.search.results import Hit, Passage, Reading, Results

__all__ = [
    "Archive",
    "ArchiveDamaged",
    "ArchiveError",
    "ArchiveLocked",
    "DateError",
    "Histogram",
    "Hit",
    "NoArchive",
    "Passage",
    "QueryError",
    "Reading",
    "Results",
    "ShrinkRefused",
    "StorageError",
    "UnknownArticle",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__} has no attribute {name}")
    from importlib import import_module

    home = "indexer.archive" if name == "Archive" else "indexer.errors"
    if name in ("Hit", "Passage", "Reading", "Results"):
        home = "indexer.search.results"
    if name == "Histogram":
        home = "indexer.search.histogram"
    return getattr(import_module(home), name)
