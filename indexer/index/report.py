"""What did an update do, or what would it do?"""

import time
from collections.abc import Callable
from dataclasses import dataclass

from indexer.documents.refusal import Refusal, Superseded
from indexer.index.base import Base, find_base
from indexer.index.changes import Changes
from indexer.index.seeds import Seeds
from indexer.index.uncollected import uncollected
from indexer.storage import Directory


@dataclass(frozen=True, slots=True)
class UpdateReport:
    """Counts are of articles; ``refused`` and ``superseded`` list all there are now, by path and line."""

    added: int
    changed: int
    removed: int
    unchanged: int
    refused: tuple[Refusal, ...]
    superseded: tuple[Superseded, ...]
    seconds: float
    generation: int
    parsed: int = 0  # records that had to be understood anew
    notes: tuple[str, ...] = ()  # what was wrong with the index, one line each


def survey(seeds: Seeds, base: Base, clock: Callable[[], int]) -> Changes:
    """List seeds and set up their comparison with a ledger."""
    started = clock()
    stamps, unread = seeds.discover() if seeds.exist() else ([], [])
    settled = started >= base.manifest.racy_until or started < base.manifest.committed
    return Changes(base.ledger, seeds, stamps, unread, started, settled)


def pending(
    seeds: Seeds, directory: Directory, fingerprint: str, clock: Callable[[], int] = time.time_ns
) -> UpdateReport:
    """Say what an update would do, writing nothing and asking for no lock."""
    begun = time.monotonic()
    with uncollected():
        base = find_base(directory, fingerprint)
        changes = survey(seeds, base, clock)
        for _ in changes.articles():
            pass
        return report(changes, base, base.manifest.generation, time.monotonic() - begun)


def report(changes: Changes, base: Base, generation: int, seconds: float) -> UpdateReport:
    """Return the report on changes that were gone through."""
    tally = changes.tally()
    anew = base.notes and generation and not base.manifest.generation
    notes = (*base.notes, "all articles were indexed anew") if anew else base.notes
    return UpdateReport(
        tally.added,
        tally.changed,
        tally.removed,
        tally.unchanged,
        tuple(changes.refused),
        tuple(sorted(changes.superseded, key=lambda old: (old.path, old.line))),
        seconds,
        generation,
        changes.parsed,
        notes,
    )
