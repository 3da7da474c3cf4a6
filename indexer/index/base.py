"""From which generation does an update start?"""

from dataclasses import dataclass, field

from indexer.errors import ArchiveDamaged
from indexer.index.ledger import Ledger, read_ledger
from indexer.index.manifest import Manifest, generations, read_manifest, require_files
from indexer.storage import Directory


@dataclass(frozen=True, slots=True)
class Base:
    """The generation that an update starts from; generation 0 is the empty one."""

    manifest: Manifest = field(default_factory=Manifest)
    ledger: Ledger = field(default_factory=dict)
    notes: tuple[str, ...] = ()  # what is wrong with newer generations
    newest: int = 0  # generation of the newest manifest on disk, good or not
    articles: int = 0  # in the newest manifest that can be read: an archive that vanished is noticed by it

    def emptied(self, *notes: str) -> "Base":
        """Return an empty base in place of this one."""
        return Base(notes=(*self.notes, *notes), newest=self.newest, articles=self.articles)


def find_base(directory: Directory, fingerprint: str) -> Base:
    """Return the newest generation that is whole and was written under ``fingerprint``."""
    notes: list[str] = []
    found = generations(directory.names())
    articles = 0
    for generation in found:
        try:
            manifest = read_manifest(directory, generation)
            articles = articles or manifest.articles
            if manifest.fingerprint != fingerprint:
                raise ArchiveDamaged(f"generation {generation} was written under other settings")
            require_files(directory, manifest)
            return Base(manifest, read_ledger(directory, manifest), tuple(notes), found[0], articles)
        except ArchiveDamaged as damage:
            notes.append(str(damage))
    return Base(notes=tuple(notes), newest=max(found, default=0), articles=articles)
