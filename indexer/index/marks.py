"""Which files of the index are known to be damaged, and how does everybody get to know?

Whoever reads a byte that is not what was written leaves a mark: a small file whose name says it all.

    00000012-damaged.00000007-segment.0      found while generation 12 was read: 00000007-segment.0

From then on no generation that needs the file is trusted. Readers answer from one that does without it, and
the next update starts from such a one, or from nothing. A mark that cannot be written fails nobody: the
damage is found again. What the mark holds, the reason in a line, is for people; nothing depends on it.
Garbage collection deletes a mark as soon as no generation that is kept needs the file.
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from indexer.errors import ArchiveDamaged, StorageError
from indexer.index.manifest import Manifest, file_name, generation_of
from indexer.storage import Directory

KIND = "damaged"
REASON_LIMIT = 4096

Marked = Mapping[str, str]  # file name -> the reason


def damaged_file(damage: ArchiveDamaged) -> str | None:
    """Return the name of the file that an error speaks of, None where it is none that a manifest names.

    >>> damaged_file(ArchiveDamaged("...", "/archive/index_data/00000007-segment.0", 512))
    '00000007-segment.0'
    """
    name = Path(damage.path).name
    kind = name.partition("-")[2].split(".")[0]
    return name if generation_of(name) is not None and kind in ("segment", "ledger") else None


def mark(directory: Directory, generation: int, damage: ArchiveDamaged) -> None:
    """Leave a mark where that can be done; a file that is no longer there needs none."""
    name = damaged_file(damage)
    if name is None:
        return
    with suppress(StorageError):
        if name in directory.names():
            directory.write(mark_name(generation, name), str(damage).encode("utf-8", "replace"))


def mark_name(generation: int, name: str) -> str:
    """Return the name of a mark.

    >>> mark_name(12, "00000007-segment.0")
    '00000012-damaged.00000007-segment.0'
    """
    return f"{file_name(generation, KIND)}.{name}"


def marked_file(name: str) -> str | None:
    """Return the file that a mark of this name is about, None where it is no mark.

    >>> marked_file("00000012-damaged.00000007-segment.0"), marked_file("00000012-ledger")
    ('00000007-segment.0', None)
    """
    start, _, file = name.partition(f"-{KIND}.")
    return file if file and start.isdigit() and generation_of(name) is not None else None


def marks(directory: Directory, names: Iterable[str]) -> dict[str, str]:
    """Return the files that marks among ``names`` are about, each with the reason."""
    found: dict[str, str] = {}
    for name in names:
        file = marked_file(name)
        if file is not None:
            found[file] = _reason(directory, name) or f"{directory.path / file} was found damaged"
    return found


def _reason(directory: Directory, name: str) -> str:
    with suppress(StorageError, ArchiveDamaged):
        return directory.read(name, REASON_LIMIT).decode("utf-8", "replace")
    return ""


def require_unmarked(manifest: Manifest, marked: Marked) -> None:
    """Raise ArchiveDamaged where a generation needs a file that is known to be damaged."""
    for name in manifest.names():
        if name in marked:
            raise ArchiveDamaged(marked[name], name)
