"""Is every byte of the index what was written, and does the index hold what its ledger says?"""

from indexer.errors import ArchiveDamaged, StorageError
from indexer.index.commit import newest_good
from indexer.index.ledger import Known, read_ledger
from indexer.index.manifest import Manifest, file_name, generation_of, generations, read_manifest
from indexer.index.reader import Snapshot
from indexer.index.segments import open_segments
from indexer.storage import Directory


def check(directory: Directory) -> tuple[str, ...]:
    """Read all of the newest generation; return what is wrong, one line each.

    Nothing is repaired: an update does that. Raises StorageError where the folder cannot be read.
    """
    found = generations(directory.names())
    if not found:
        return ()
    try:
        manifest = read_manifest(directory, found[0])
    except ArchiveDamaged as damage:
        return (str(damage),)
    return (*_damage(directory, manifest), *_stray(directory))


def _damage(directory: Directory, manifest: Manifest) -> tuple[str, ...]:
    """Return what is wrong with the files of a generation, or with how they fit together."""
    wrong: list[str] = []
    for entry in manifest.segments:
        try:
            open_segments(directory, [entry])[0].segment.file.check_all()
        except (ArchiveDamaged, StorageError) as damage:
            wrong.append(str(damage))
    try:
        return tuple(wrong) if wrong else _mismatch(directory, manifest)
    except ArchiveDamaged as damage:
        return (str(damage),)


def _mismatch(directory: Directory, manifest: Manifest) -> tuple[str, ...]:
    """Compare the ids in the ledger with the ids in the segments."""
    ledger = read_ledger(directory, manifest)
    known = {r.id for file in ledger.values() for r in file.records if isinstance(r, Known)}
    with Snapshot(directory, manifest) as snapshot:
        docs = list(snapshot.docs())
        held = {snapshot.id(doc) for doc in docs}
    if len(held) != len(docs):
        return (f"{len(docs) - len(held):,} articles are indexed twice. Run: indexer build",)
    if held != known:
        return (f"index and ledger differ in {len(held ^ known):,} articles. Run: indexer build",)
    return ()


def _stray(directory: Directory) -> tuple[str, ...]:
    """Return files of ours that no generation needs; the next update deletes them."""
    names = directory.names()
    needed: set[str] = set()
    for manifest in newest_good(directory, names)[:2]:
        needed.update(manifest.names(), {file_name(manifest.generation, "manifest")})
    stray = sorted(name for name in names if generation_of(name) is not None and name not in needed)
    return tuple(f"{name} is left over from an update that was stopped" for name in stray)
