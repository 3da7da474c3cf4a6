"""What did seeds look like when they were indexed?

The ledger holds, for every file: path, size, modification time, a digest of its bytes, and its records in
order (``records.py``). An update compares it with what is there now, reads only files whose size or time
differ, and takes over what is known of the others as it is packed.

    body        a line with a number of bytes; so many bytes, packed: the table; what stands apart
    table       a line of JSON, one row for each file, then what each row says the lengths of
    row         path, size, mtime_ns, digest, racy, tangled, the numbers of ``Summary``, apart, and the
                lengths of rows, digests, hashes and own ids. These follow one another, file after file: in
                the table or, with apart 1, behind it. Apart are many records, which no update unpacks unless
                their file has changed

Racy files: a file that changes right after it was read may keep its size and its modification time,
because the clocks of file systems are coarse (two seconds at worst). A file modified less than that
before the update began, or in the future, is marked racy; the next update reads it once more, whatever
its stamp says, and clears the mark if two seconds have passed.

Tangled files: an id of theirs is in the archive twice. What becomes of their articles depends on other files.
"""

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import compress
from typing import Any

from indexer.errors import ArchiveDamaged
from indexer.index.manifest import FileSum, Manifest, file_name
from indexer.index.records import Known, Packed, Records, Refused, Summary
from indexer.storage import Directory, frame, unframe
from indexer.storage.packed import pack, unpack

__all__ = ["Known", "Ledger", "Records", "Refused", "SeedFile", "decode", "digest", "encode"]

# 1: first version
# 2: packed as a whole
# 3: records that can be taken over file by file
# 4: those of large files apart
FORMAT_VERSION = 4


@dataclass(slots=True)
class SeedFile:
    """One file of seeds at the time it was read; records in the order of the file."""

    path: str
    size: int
    mtime_ns: int
    digest: int | None  # None: the file could not be read
    racy: bool = False
    records: Records = field(default_factory=Records)
    tangled: bool = False

    def may_have_grown(self, size: int) -> bool:
        """Say whether a file of ``size`` bytes may be this one with lines appended to it."""
        summary = self.records.summary
        read = self.digest is not None and summary.articles > 0 and not summary.refused
        return read and self.size < size


Ledger = dict[str, SeedFile]  # by path, in ascending order of paths

LENGTHS = len(Packed._fields) - 1
_OPTIONAL = frozenset((int, type(None)))
_NUMBER = frozenset((int,))
# Of each column of a row: what it is, the types that it may have, and the least value.
_COLUMNS = (
    ("path", frozenset((str,)), None),
    ("size", _NUMBER, None),
    ("time", _NUMBER, None),
    ("digest", _OPTIONAL, None),
    *(("mark", _NUMBER, 0),) * 2,
    *((name, _OPTIONAL, 1) if name.endswith("day") else (name, _NUMBER, 0) for name in Summary._fields),
    *(("length", _NUMBER, 0),) * (1 + LENGTHS),
)


class FileDigest:
    """64 bits of SHA-256, which current processors have an instruction for, of bytes seen piece by piece."""

    def __init__(self) -> None:
        self._hash = sha256()

    def update(self, piece: bytes) -> None:
        self._hash.update(piece)

    def value(self) -> int:
        """Return the digest of what was seen so far."""
        return int.from_bytes(self._hash.digest()[:8], "big")


def digest(data: bytes) -> int:
    """Return the digest of a whole file."""
    seen = FileDigest()
    seen.update(data)
    return seen.value()


def write_ledger(directory: Directory, generation: int, ledger: Ledger) -> FileSum:
    """Write the ledger of a generation durably."""
    data = frame("ledger", FORMAT_VERSION, encode(ledger))
    name = file_name(generation, "ledger")
    directory.write(name, data)
    directory.sync(name)
    return FileSum(len(data), zlib.crc32(data))


def read_ledger(directory: Directory, manifest: Manifest) -> Ledger:
    """Return the ledger of a generation. Raises ArchiveDamaged or StorageError."""
    name = file_name(manifest.generation, "ledger")
    path = str(directory.path / name)
    data = directory.read(name)
    if FileSum(len(data), zlib.crc32(data)) != manifest.ledger:
        raise ArchiveDamaged(f"{path} is damaged: it is not the ledger that its manifest names", path, 0)
    return decode(unframe("ledger", FORMAT_VERSION, data, path), path)


def encode(ledger: Ledger) -> bytes:
    """Return the body of a ledger."""
    rows = []
    inside: list[bytes] = []
    apart: list[bytes] = []
    for file in ledger.values():
        packed = file.records.packed
        summary, *parts = packed
        known = (file.path, file.size, file.mtime_ns, file.digest, int(file.racy), int(file.tangled))
        rows.append((*known, *summary, int(packed.apart), *map(len, parts)))
        (apart if packed.apart else inside).extend(parts)
    head = json.dumps(rows, separators=(",", ":")).encode("ascii")
    table = pack(b"".join((head, b"\n", *inside)))
    return b"".join((b"%d\n" % len(table), table, *apart))


def decode(body: bytes, path: str) -> Ledger:
    """Return the ledger in a body that ``encode`` wrote."""
    try:
        size, _, rest = body.partition(b"\n")
        head, _, inside = unpack(rest[: int(size)], path).partition(b"\n")
        files = list(_files(json.loads(head), (inside, rest[int(size) :])))
    except (ValueError, TypeError, RecursionError) as error:
        raise ArchiveDamaged(f"{path} is not a ledger that this tool wrote ({error})", path, 0) from error
    return {file.path: file for file in files}


def _files(rows: list[list[Any]], places: tuple[bytes, bytes]) -> Iterator[SeedFile]:
    """The files; ``places`` are the bytes of the table behind its rows, and those behind the table."""
    _check(list(zip(*rows, strict=True)) or [()] * len(_COLUMNS), places)
    at = [0, 0]
    for path, size, mtime_ns, digest, racy, tangled, *numbers in rows:
        *summary, apart = numbers[:-LENGTHS]
        parts = []
        for length in numbers[-LENGTHS:]:
            parts.append(places[apart][at[apart] : at[apart] + length])
            at[apart] += length
        records = Records(packed=Packed(Summary(*summary), *parts))
        yield SeedFile(path, size, mtime_ns, digest, bool(racy), records, bool(tangled))


def _check(columns: list[tuple[Any, ...]], places: tuple[bytes, bytes]) -> None:
    """Raise ValueError where values are not of their kind, or lengths are not those of what is there."""
    for (name, types, least), column in zip(_COLUMNS, columns, strict=True):
        if not types.issuperset(map(type, column)):
            raise ValueError(f"a {name} is not one")
        known = column if types is _NUMBER else [value for value in column if value is not None]
        if least is not None and min(known, default=least) < least:
            raise ValueError(f"a {name} is too small")
    apart = columns[-LENGTHS - 1]
    sizes = [0, 0]
    for column in columns[-LENGTHS:]:
        behind = sum(compress(column, apart))
        sizes[1] += behind
        sizes[0] += sum(column) - behind
    if max(apart, default=0) > 1 or sizes != [len(place) for place in places]:
        raise ValueError("the records of its files are not there, or there is more")
