"""From which generation does an update start?"""

from dataclasses import dataclass, field, replace

from indexer.errors import ArchiveDamaged
from indexer.index.ledger import Ledger, read_ledger
from indexer.index.manifest import Manifest, generations, read_manifest, require_files
from indexer.index.marks import marks, require_unmarked
from indexer.index.segments import open_segments
from indexer.storage import Directory


@dataclass(frozen=True, slots=True)
class Base:
    """The generation that an update starts from; generation 0 is the empty one."""

    manifest: Manifest = field(default_factory=Manifest)
    ledger: Ledger = field(default_factory=dict)
    notes: tuple[str, ...] = ()  # what is wrong with newer generations
    newest: int = 0  # generation of the newest manifest on disk, good or not
    articles: int = 0  # in the newest manifest that can be read: an archive that vanished is noticed by it
    damage: tuple[tuple[int, ArchiveDamaged], ...] = ()  # by generation, as found

    def emptied(self, *notes: str) -> "Base":
        """Return an empty base in place of this one."""
        return replace(self, manifest=Manifest(), ledger={}, notes=(*self.notes, *notes))


def find_base(directory: Directory, fingerprint: str) -> Base:
    """Return the newest generation that is whole and was written under ``fingerprint``.

    Whole as far as can be told without reading all of it: no file is missing, of another length or marked as
    damaged, and each is the one that its manifest names.
    """
    damage: list[tuple[int, ArchiveDamaged]] = []
    names = directory.names()
    marked = marks(directory, names)
    found = generations(names)
    articles = 0
    base = Base()
    for generation in found:
        try:
            manifest = read_manifest(directory, generation)
            articles = articles or manifest.articles
            if manifest.fingerprint != fingerprint:
                raise ArchiveDamaged(f"generation {generation} was written under other settings")
            require_files(directory, manifest)
            require_unmarked(manifest, marked)
            open_segments(directory, manifest.segments)
            base = Base(manifest, read_ledger(directory, manifest))
            break
        except ArchiveDamaged as error:
            damage.append((generation, error))
    notes = tuple(str(error) for _, error in damage)
    return replace(base, notes=notes, newest=max(found, default=0), articles=articles, damage=tuple(damage))
