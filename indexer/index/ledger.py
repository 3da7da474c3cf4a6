"""What did seeds look like when they were indexed?

The ledger holds, for every file: path, size, modification time, a digest of its bytes, and its records in
order - either the article that came of a record or the reason why none did. An update compares it with
what is there now, and reads only files whose size or time differ.

Racy files: a file that changes right after it was read may keep its size and its modification time,
because the clocks of file systems are coarse (two seconds at worst). A file modified less than that
before the update began, or in the future, is marked racy; the next update reads it once more, whatever
its stamp says, and clears the mark if two seconds have passed.
"""

import json
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, NamedTuple

from indexer.errors import ArchiveDamaged
from indexer.index.manifest import FileSum, Manifest, file_name
from indexer.storage import Directory, frame, unframe

# 1: first version
# 2: packed
FORMAT_VERSION = 2


class Known(NamedTuple):
    """A record that is an article; ``line`` and ``digest`` are those of the record."""

    digest: int
    line: int
    id: str
    own_id: bool
    day: int | None


class Refused(NamedTuple):
    """A record, or (``digest`` None) a part of a file, that no article came of."""

    digest: int | None
    line: int
    reason: str


@dataclass(slots=True)
class SeedFile:
    """One file of seeds at the time it was read; records in the order of the file."""

    path: str
    size: int
    mtime_ns: int
    digest: int | None  # None: the file could not be read
    racy: bool = False
    records: list[Known | Refused] = field(default_factory=list)


Ledger = dict[str, SeedFile]  # by path, in ascending order of paths


def digest(data: bytes) -> int:
    """Return 64 bits of BLAKE2b."""
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "big")


def write_ledger(directory: Directory, generation: int, ledger: Ledger) -> FileSum:
    """Write the ledger of a generation durably."""
    import zlib

    from indexer.storage.packed import pack

    data = frame("ledger", FORMAT_VERSION, pack(encode(ledger)))
    name = file_name(generation, "ledger")
    directory.write(name, data)
    directory.sync(name)
    return FileSum(len(data), zlib.crc32(data))


def read_ledger(directory: Directory, manifest: Manifest) -> Ledger:
    """Return the ledger of a generation. Raises ArchiveDamaged or StorageError."""
    import zlib

    from indexer.storage.packed import unpack

    name = file_name(manifest.generation, "ledger")
    path = str(directory.path / name)
    data = directory.read(name)
    if FileSum(len(data), zlib.crc32(data)) != manifest.ledger:
        raise ArchiveDamaged(f"{path} is damaged: it is not the ledger that its manifest names", path, 0)
    return decode(unpack(unframe("ledger", FORMAT_VERSION, data, path), path), path)


def encode(ledger: Ledger) -> bytes:
    """Return the ledger as one JSON array."""
    files = [
        (file.path, file.size, file.mtime_ns, file.digest, int(file.racy), file.records)
        for file in ledger.values()
    ]
    return json.dumps(files, separators=(",", ":")).encode("ascii")


def decode(body: bytes, path: str) -> Ledger:
    """Return the ledger in a body that ``encode`` wrote."""
    try:
        files = [_decode_file(*values) for values in json.loads(body)]
    except (ValueError, TypeError, RecursionError) as error:
        raise ArchiveDamaged(f"{path} is not a ledger that this tool wrote ({error})", path, 0) from error
    return {file.path: file for file in files}


def _decode_file(
    path: str, size: int, mtime_ns: int, digest: int | None, racy: int, records: list[list[Any]]
) -> SeedFile:
    return SeedFile(path, size, mtime_ns, digest, bool(racy), [_decode_record(record) for record in records])


def _decode_record(values: list[Any]) -> Known | Refused:
    if len(values) == 3:
        return Refused(*values)
    record = Known(*values)
    if type(record.id) is not str or type(record.line) is not int or type(record.digest) is not int:
        raise ValueError("a record is not one")
    return record
