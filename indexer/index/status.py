"""How is this archive: what is indexed, and what would an update do?"""

from __future__ import annotations

from typing import NamedTuple

from indexer.documents.refusal import Refusal, Superseded
from indexer.errors import ArchiveDamaged
from indexer.index.report import pending
from indexer.index.seeds import Seeds
from indexer.index.trusted import TrustedIndex


class Status(NamedTuple):
    """How an archive is; days are ordinals, ``added``, ``changed`` and ``removed`` count pending articles."""

    root: str
    generation: int
    articles: int
    undated: int
    first_day: int | None
    last_day: int | None
    sources: tuple[tuple[str, int], ...]  # most frequent first
    added: int
    changed: int
    removed: int
    refused: tuple[Refusal, ...]
    superseded: tuple[Superseded, ...]
    index_bytes: int
    notes: tuple[str, ...]
    glanced: int = 0  # files that a search looks at, besides folders; 0 = every file

    @property
    def up_to_date(self) -> bool:
        return not (self.added or self.changed or self.removed or self.notes) and self.generation > 0


def status_of(root: str, seeds: Seeds, index: TrustedIndex) -> Status:
    """Return how the archive in ``root`` is. Raises StorageError."""
    sources = _sources(index)
    snapshot = index.open_or_none()
    report = pending(seeds, index.directory, index.fingerprint)
    manifest = snapshot.manifest if snapshot else None
    return Status(
        root=root,
        generation=manifest.generation if manifest else 0,
        articles=manifest.articles if manifest else 0,
        undated=manifest.undated if manifest else 0,
        first_day=manifest.first_day if manifest else None,
        last_day=manifest.last_day if manifest else None,
        sources=sources,
        added=report.added,
        changed=report.changed,
        removed=report.removed,
        refused=report.refused,
        superseded=report.superseded,
        index_bytes=sum(index.directory.sizes().values()),
        notes=report.notes or index.notes,
        glanced=len(manifest.glance.files) if manifest and manifest.glance else 0,
    )


def _sources(index: TrustedIndex) -> tuple[tuple[str, int], ...]:
    """Return every source with the number of its articles; none where that cannot be read."""
    try:
        return tuple(index.ask(lambda snapshot: snapshot.sources()))
    except ArchiveDamaged:
        return ()
