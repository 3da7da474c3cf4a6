"""How does a new generation replace the old one, whatever happens meanwhile?

The order is the protocol; a test fails when any of the syncs is left out:

    1  files of the new segment are written and synced          (builder.py)
    2  ledger is written and synced
    3  folder is synced: their names are durable
    4  manifest is written under a temporary name and synced
    5  manifest is renamed                                      = visible to readers
    6  folder is synced                                         = commit point: survives a power cut
    7  files that neither this manifest nor the one before it names are deleted

A kill before 5 leaves the old generation and some unnamed files; the next update deletes those. A power
cut between 5 and 6 leaves either generation, both whole. Because 7 spares the previous generation, a
reader has a whole commit's time to open its files, and a manifest that is damaged later has an intact
predecessor.
"""

from collections.abc import Iterable

from indexer.errors import ArchiveDamaged, StorageError
from indexer.index.manifest import (
    Manifest,
    file_name,
    generation_of,
    generations,
    read_manifest,
    write_manifest,
)
from indexer.storage import Directory


def publish(directory: Directory, manifest: Manifest) -> None:
    """Steps 3 to 6. When this raises, the new generation may or may not be visible, and is whole if it is."""
    directory.sync_folder()
    temporary = write_manifest(directory, manifest)
    directory.publish(temporary, file_name(manifest.generation, "manifest"))
    directory.sync_folder()


def collect_garbage(directory: Directory) -> list[str]:
    """Step 7: delete what the two newest good manifests do not name; return what could not be deleted."""
    names = directory.names()
    kept: set[str] = set()
    for manifest in newest_good(directory, names)[:2]:
        kept.add(file_name(manifest.generation, "manifest"))
        kept.update(manifest.names())
    ours = (name for name in names if generation_of(name) is not None)
    return _delete(directory, (name for name in ours if name not in kept))


def discard_unfinished(directory: Directory) -> list[str]:
    """Delete the files of attempts that never published a manifest; return what could not be deleted."""
    names = directory.names()
    published = max(generations(names), default=0)
    return _delete(directory, (name for name in names if (generation_of(name) or 0) > published))


def next_generation(directory: Directory) -> int:
    """Return a number greater than that of any file, so that no name is ever used twice."""
    return 1 + max((generation_of(name) or 0 for name in directory.names()), default=0)


def newest_good(directory: Directory, names: list[str]) -> list[Manifest]:
    """Return the manifests that can be read, newest first."""
    good: list[Manifest] = []
    for generation in generations(names):
        try:
            good.append(read_manifest(directory, generation))
        except ArchiveDamaged:
            continue  # whoever opens it says so; here it only protects no files
    return good


def _delete(directory: Directory, names: Iterable[str]) -> list[str]:
    """Delete files. What fails is tried again at the next commit: it must not fail this one."""
    left: list[str] = []
    for name in names:
        try:
            directory.delete(name)
        except StorageError:
            left.append(name)
    return left
