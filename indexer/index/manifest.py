"""Which segments make up which generation?

A manifest is one commit point: the file ``<generation>-manifest``, framed JSON. It names every file of
its generation with length and CRC-32, so that a reader knows at once whether anything is missing.
Generations count up and never return; the files of one commit carry its number, and nothing else does:

    00000012-manifest            commit point
    00000012-ledger              what seeds looked like (``ledger.py``)
    00000012-segment.0           articles added or merged by generation 12; later manifests name them too
    00000012-damaged.NAME        file NAME was found damaged in generation 12 (``marks.py``)
    00000012-manifest.tmp        a manifest being written

Only files of these names are ever deleted.
"""

import json
from typing import Any, NamedTuple

from indexer.documents.discover import Stamp
from indexer.errors import ArchiveDamaged
from indexer.index.glance import Glance
from indexer.limits import LIMITS
from indexer.storage import Directory, frame, unframe

# 1: first version, segments as Whoosh wrote them
# 2: segments of our own codec, one file each
# 3: a glance at seeds, and a digest of stamps that needs no hashlib
# 4: text packed by Zstandard, with a dictionary
FORMAT_VERSION = 4
KINDS = ("manifest", "ledger", "segment", "damaged")
MIN_ID_LENGTH = 8


class FileSum(NamedTuple):
    """Length in bytes of a file, and a CRC-32 that every byte of it has a part in."""

    size: int
    crc: int


class SegmentEntry(NamedTuple):
    """One segment as a generation sees it: its file never changes, its deletions do."""

    generation: int  # that wrote it
    number: int  # among the segments of that generation
    docs: int  # deleted ones included
    file: FileSum
    deleted: tuple[int, ...] = ()  # ascending document numbers

    @property
    def live(self) -> int:
        return self.docs - len(self.deleted)

    @property
    def name(self) -> str:
        """The name of its file."""
        return f"{file_name(self.generation, 'segment')}.{self.number}"


class Manifest(NamedTuple):
    """One commit point. Days are ordinals; ``first_day`` and ``last_day`` are None where nothing is dated."""

    generation: int = 0
    fingerprint: str = ""
    committed: int = 0  # ns since the epoch
    segments: tuple[SegmentEntry, ...] = ()
    ledger: FileSum = FileSum(0, 0)
    stamps: int = 0  # seeds_digest of what the ledger describes
    glance: Glance | None = None  # None: a search looks at every file
    racy_until: int = 0  # ns; until then some seeds may change unseen (``ledger.py``); 0 = none may
    articles: int = 0
    undated: int = 0
    first_day: int | None = None
    last_day: int | None = None
    id_length: int = MIN_ID_LENGTH  # digits of a hash id that are enough to tell it from every other id

    def names(self) -> dict[str, FileSum]:
        """Return every file of the generation except the manifest itself."""
        names = {file_name(self.generation, "ledger"): self.ledger}
        names.update((segment.name, segment.file) for segment in self.segments)
        return names


def file_name(generation: int, kind: str) -> str:
    """Return the name of a file, without extension.

    >>> file_name(12, "ledger")
    '00000012-ledger'
    """
    return f"{generation:08d}-{kind}"


def generation_of(name: str) -> int | None:
    """Return the generation that a file belongs to, or None for a foreign file.

    >>> generation_of("00000012-segment.trm"), generation_of("20231108-notes.txt")
    (12, None)
    """
    number, _, rest = name.partition("-")
    if number.isascii() and number.isdigit() and 8 <= len(number) <= 18 and rest.split(".")[0] in KINDS:
        return int(number)
    return None


def generations(names: list[str]) -> list[int]:
    """Return the generations that have a manifest, newest first."""
    found = (generation_of(name) for name in names if name.endswith("-manifest"))
    return sorted((generation for generation in found if generation is not None), reverse=True)


def read_manifest(directory: Directory, generation: int) -> Manifest:
    """Return the manifest of a generation. Raises ArchiveDamaged or StorageError."""
    name = file_name(generation, "manifest")
    path = str(directory.path / name)
    data = directory.read(name, LIMITS.manifest_bytes)
    manifest = decode(unframe("manifest", FORMAT_VERSION, data, path), path)
    if manifest.generation != generation:
        raise ArchiveDamaged(f"{path} is the manifest of generation {manifest.generation}", path, 0)
    return manifest


def write_manifest(directory: Directory, manifest: Manifest) -> str:
    """Write a manifest durably under a temporary name, which it returns; publishing it is the commit."""
    name = file_name(manifest.generation, "manifest") + ".tmp"
    directory.write(name, frame("manifest", FORMAT_VERSION, encode(manifest)))
    directory.sync(name)
    return name


def encode(manifest: Manifest) -> bytes:
    """Return the JSON body of a manifest."""
    values = {
        "generation": manifest.generation,
        "fingerprint": manifest.fingerprint,
        "committed": manifest.committed,
        "segments": [_encode_segment(segment) for segment in manifest.segments],
        "ledger": [manifest.ledger.size, manifest.ledger.crc],
        "stamps": manifest.stamps,
        "glance": manifest.glance,
        "racy_until": manifest.racy_until,
        "articles": manifest.articles,
        "undated": manifest.undated,
        "first_day": manifest.first_day,
        "last_day": manifest.last_day,
        "id_length": manifest.id_length,
    }
    return json.dumps(values, indent=1).encode("ascii") + b"\n"


def decode(body: bytes, path: str) -> Manifest:
    """Return the manifest in a JSON body; ArchiveDamaged where it is not exactly what ``encode`` writes."""
    try:
        values = json.loads(body)
        segments = tuple(_decode_segment(segment) for segment in values.pop("segments"))
        ledger = _decode_sum(values.pop("ledger"))
        glance = _decode_glance(values.pop("glance"))
        manifest = Manifest(segments=segments, ledger=ledger, glance=glance, **values)
        _check(manifest)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ArchiveDamaged(f"{path} is not a manifest that this tool wrote ({error})", path, 0) from error
    return manifest


def _check(manifest: Manifest) -> None:
    numbers = (
        manifest.generation,
        manifest.committed,
        manifest.stamps,
        manifest.racy_until,
        manifest.articles,
        manifest.undated,
        manifest.id_length,
        manifest.first_day or 0,
        manifest.last_day or 0,
    )
    if not all(type(number) is int and number >= 0 for number in numbers):
        raise ValueError("a number is not one")
    if type(manifest.fingerprint) is not str:
        raise ValueError("the fingerprint is not a text")
    if manifest.articles != sum(segment.live for segment in manifest.segments):
        raise ValueError("the segments do not hold as many articles as it says")


def _encode_segment(segment: SegmentEntry) -> dict[str, Any]:
    return {
        "generation": segment.generation,
        "number": segment.number,
        "docs": segment.docs,
        "file": [segment.file.size, segment.file.crc],
        "deleted": encode_numbers(segment.deleted),
    }


def _decode_segment(values: dict[str, Any]) -> SegmentEntry:
    docs = _number(values["docs"])
    return SegmentEntry(
        _number(values["generation"]),
        _number(values["number"]),
        docs,
        _decode_sum(values["file"]),
        decode_numbers(values["deleted"], docs),
    )


def _decode_sum(values: list[int]) -> FileSum:
    size, crc = values
    return FileSum(_number(size), _number(crc))


def _decode_glance(values: list[list[list[Any]]] | None) -> Glance | None:
    if values is None:
        return None
    folders, files = values
    stamps = tuple(Stamp(*stamp) for stamp in files)
    glance = Glance(tuple((path, changed) for path, changed in folders), stamps)
    rows = [*glance.folders, *((stamp.path, stamp.size, stamp.mtime_ns) for stamp in stamps)]
    if not all(type(path) is str and all(type(n) is int for n in numbers) for path, *numbers in rows):
        raise ValueError("the glance at seeds is not one")
    return glance


def _number(value: object) -> int:
    if type(value) is not int or value < 0:
        raise ValueError(f"{value!r} is not a number")
    return value


def encode_numbers(numbers: tuple[int, ...]) -> str:
    """Write ascending numbers as ranges.

    >>> encode_numbers((0, 3, 4, 5, 9))
    '0,3-5,9'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ",".join(str(start) if start == end else f"{start}-{end}" for start, end in runs)


def decode_numbers(text: str, below: int) -> tuple[int, ...]:
    """Read what ``encode_numbers`` wrote; ValueError unless ascending and all less than ``below``.

    >>> decode_numbers("0,3-5,9", 10)
    (0, 3, 4, 5, 9)
    """
    numbers: list[int] = []
    for run in text.split(",") if text else ():
        start, _, end = run.partition("-")
        first, last = int(start), int(end or start)
        if not (numbers[-1] if numbers else -1) < first <= last < below:
            raise ValueError("the deleted document numbers are out of order")
        numbers.extend(range(first, last + 1))
    return tuple(numbers)


def require_files(directory: Directory, manifest: Manifest) -> None:
    """Raise ArchiveDamaged where a file of a generation is missing or has another length."""
    sizes = directory.sizes()
    for name, total in manifest.names().items():
        if name not in sizes:
            raise ArchiveDamaged(f"{directory.path / name} is missing", name)
        if sizes[name] != total.size:
            path = directory.path / name
            raise ArchiveDamaged(f"{path} has {sizes[name]:,} bytes, not {total.size:,}", name)
