"""How does a new generation replace the old one, whatever happens meanwhile?

The order is the protocol; a test fails when any of the syncs is left out:

    1  files of the new segment are written and synced          (builder.py)
    2  ledger is written and synced
    3  folder is synced: their names are durable
    4  manifest is written under a temporary name and synced
    5  manifest is renamed                                      = visible to readers
    6  folder is synced                                         = commit point: survives a power cut
    7  files that neither this manifest nor the whole one before it names are deleted

A kill before 5 leaves the old generation and some unnamed files; the next update deletes those. A power
cut between 5 and 6 leaves either generation, both whole. Because 7 spares the previous generation, a
reader has a whole commit's time to open its files, and a manifest that is damaged later has an intact
predecessor.
"""

from collections.abc import Iterable, Mapping

from indexer.errors import ArchiveDamaged, StorageError
from indexer.index.manifest import (
    Manifest,
    file_name,
    generation_of,
    generations,
    read_manifest,
    require_files,
    write_manifest,
)
from indexer.index.marks import marked_file, marks, require_unmarked
from indexer.storage import Directory


def publish(directory: Directory, manifest: Manifest) -> None:
    """Steps 3 to 6. When this raises, the new generation may or may not be visible, and is whole if it is."""
    directory.sync_folder()
    temporary = write_manifest(directory, manifest)
    directory.publish(temporary, file_name(manifest.generation, "manifest"))
    directory.sync_folder()


def collect_garbage(directory: Directory) -> list[str]:
    """Step 7: delete what no generation that is kept needs; return what could not be deleted."""
    names = directory.names()
    kept = needed(directory, names)
    ours = (name for name in names if generation_of(name) is not None)
    return _delete(directory, (name for name in ours if name not in kept))


def needed(directory: Directory, names: list[str]) -> set[str]:
    """Return the names of ours that stay: of the two newest whole generations, and marks on their files.

    The newest manifest that can be read is kept whatever is known about its files: it may have been
    published a moment ago, and marked by a reader of an older one.
    """
    readable = [manifest for generation in generations(names) if (manifest := _read(directory, generation))]
    whole = [manifest for manifest in readable if _is_whole(directory, manifest, marks(directory, names))]
    kept: set[str] = set()
    for manifest in (*readable[:1], *whole[:2]):
        kept.add(file_name(manifest.generation, "manifest"))
        kept.update(manifest.names())
    return kept | {name for name in names if marked_file(name) in kept}


def discard_unfinished(directory: Directory) -> list[str]:
    """Delete the files of attempts that never published a manifest; return what could not be deleted."""
    names = directory.names()
    published = max(generations(names), default=0)
    return _delete(directory, (name for name in names if (generation_of(name) or 0) > published))


def next_generation(directory: Directory) -> int:
    """Return a number greater than that of any file, so that no name is ever used twice."""
    return 1 + max((generation_of(name) or 0 for name in directory.names()), default=0)


def _read(directory: Directory, generation: int) -> Manifest | None:
    try:
        return read_manifest(directory, generation)
    except ArchiveDamaged:
        return None  # whoever opens it says so; here it only protects no files


def _is_whole(directory: Directory, manifest: Manifest, marked: Mapping[str, str]) -> bool:
    try:
        require_files(directory, manifest)
        require_unmarked(manifest, marked)
    except ArchiveDamaged:
        return False  # as above
    return True


def _delete(directory: Directory, names: Iterable[str]) -> list[str]:
    """Delete files. What fails is tried again at the next commit: it must not fail this one."""
    left: list[str] = []
    for name in names:
        try:
            directory.delete(name)
        except StorageError:
            left.append(name)
    return left
