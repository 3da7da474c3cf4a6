"""What came of each record of a seed file?

An article (``Known``) or a reason why there is none (``Refused``). ``Records`` keeps those of a file packed,
as they are in the ledger, until somebody asks for one: most files are as they were, and an update takes them
over without a look inside. What it has to know of them it finds beside, in numbers: how many, their days, and
64 bits for each id, which tell whether another article may have the same.

Packed: rows of JSON without the digests, each with a comma behind it; the digests in the order of records;
the ids that are hashes, as numbers, ascending; hashes of the ids that articles brought along, ascending. All
numbers are u8, little-endian. Rows of many records are made smaller, in pieces that can be put together.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import Any, NamedTuple

from indexer.errors import ArchiveDamaged
from indexer.index.manifest import MIN_ID_LENGTH
from indexer.storage.packed import is_packed, pack, unpack_all

SMALL = 1 << 14  # bytes of rows that are not worth being made smaller by themselves
_HEX = frozenset("0123456789abcdef")


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


class Summary(NamedTuple):
    """What the records of a file come to, in numbers."""

    articles: int = 0
    refused: int = 0
    undated: int = 0
    first_day: int | None = None
    last_day: int | None = None
    hashlike: int = 0  # ids of their own that may begin like a hash, as far as one is ever shortened


class Packed(NamedTuple):
    """Records as the ledger has them."""

    summary: Summary
    rows: bytes = b""
    digests: bytes = b""
    hashes: bytes = b""
    own: bytes = b""

    @property
    def apart(self) -> bool:
        """Whether the rows are made smaller by themselves."""
        return is_packed(self.rows)

    def text(self) -> bytes:
        """Return the rows as they are read. Raises ArchiveDamaged."""
        return unpack_all(self.rows, "the ledger") if self.apart else self.rows


class Records:
    """The records of one file, in order; packed or not. Raises ArchiveDamaged where the rows are none."""

    def __init__(self, records: Iterable[Known | Refused] = (), packed: Packed | None = None) -> None:
        self._records = None if packed else list(records)
        self._packed = packed

    def __iter__(self) -> Iterator[Known | Refused]:
        if self._records is None:
            self._records = list(_unpack(self.packed))
        return iter(self._records)

    def __len__(self) -> int:
        summary = self.summary
        return summary.articles + summary.refused

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Records) or self is other:
            return self is other
        mine, theirs = self.packed, other.packed  # the same rows may be in other pieces
        return mine == theirs or (
            mine._replace(rows=b"") == theirs._replace(rows=b"") and mine.text() == theirs.text()
        )

    def __repr__(self) -> str:
        return f"Records({list(self)})"

    @property
    def packed(self) -> Packed:
        if self._packed is None:
            self._packed = _pack(self._records or [])
        return self._packed

    @property
    def summary(self) -> Summary:
        return self.packed.summary

    def __add__(self, other: Records) -> Records:
        """Return the records of one and then of the other."""
        return Records(packed=_joined(self.packed, other.packed))

    def count(self, digest: int) -> int:
        """Return how many records have this digest."""
        every, wanted = self.packed.digests, struct.pack("<Q", digest)
        count, at = 0, every.find(wanted)
        while at >= 0:
            count += at % 8 == 0
            at = every.find(wanted, at + 1)
        return count

    def articles(self) -> Iterator[Known]:
        """Yield the records that are articles."""
        return (record for record in self if isinstance(record, Known))

    def refused(self) -> Iterator[Refused]:
        """Yield the others."""
        return (
            (record for record in self if isinstance(record, Refused)) if self.summary.refused else iter(())
        )


def id_number(id: str, own: bool) -> int:
    """Return 64 bits of an id; two ids may share them, and then somebody has to look closer.

    >>> hex(id_number("3f31db6b00000001", False))
    '0x3f31db6b00000001'
    """
    if own:
        return int.from_bytes(blake2b(id.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
    return int(id, 16)


def summed(summaries: Iterable[Summary]) -> Summary:
    """Return the summary of several files together."""
    every = [summary for summary in summaries if summary.articles or summary.refused]
    first = [summary.first_day for summary in every if summary.first_day is not None]
    last = [summary.last_day for summary in every if summary.last_day is not None]
    return Summary(
        sum(summary.articles for summary in every),
        sum(summary.refused for summary in every),
        sum(summary.undated for summary in every),
        min(first, default=None),
        max(last, default=None),
        sum(summary.hashlike for summary in every),
    )


def summary_of(articles: Iterable[Known], refused: int = 0) -> Summary:
    """Return the summary of some articles."""
    known = list(articles)
    days = [record.day for record in known if record.day is not None]
    hashlike = sum(1 for record in known if record.own_id and _looks_like_a_hash(record.id))
    undated = len(known) - len(days)
    return Summary(len(known), refused, undated, min(days, default=None), max(days, default=None), hashlike)


def _looks_like_a_hash(id: str) -> bool:
    return len(id) >= MIN_ID_LENGTH and _HEX.issuperset(id[:MIN_ID_LENGTH])


def _pack(records: list[Known | Refused]) -> Packed:
    known = [record for record in records if isinstance(record, Known)]
    rows = [
        (record.line, record.id, int(record.own_id), record.day)
        if isinstance(record, Known)
        else (int(record.digest is not None), record.line, record.reason)
        for record in records
    ]
    return Packed(
        summary_of(known, len(records) - len(known)),
        _smaller(json.dumps([*rows, None], separators=(",", ":"))[1:-5].encode("ascii")),
        _numbers(record.digest for record in records if record.digest is not None),
        hashes_of(known),
        _numbers(sorted(id_number(record.id, True) for record in known if record.own_id)),
    )


def hashes_of(articles: Iterable[Known]) -> bytes:
    """Return the ids that are hashes, as u8, ascending."""
    return _numbers(sorted(id_number(known.id, False) for known in articles if not known.own_id))


def _joined(one: Packed, two: Packed) -> Packed:
    if one.apart or two.apart:
        rows = b"".join(part.rows if part.apart else pack(part.rows) for part in (one, two) if part.rows)
    else:
        rows = _smaller(one.rows + two.rows)
    return Packed(
        summed((one.summary, two.summary)),
        rows,
        one.digests + two.digests,
        _merged(one.hashes, two.hashes),
        _merged(one.own, two.own),
    )


def _smaller(rows: bytes) -> bytes:
    return rows if len(rows) < SMALL else pack(rows)


def _merged(one: bytes, two: bytes) -> bytes:
    """Ascending numbers of both."""
    if not one or not two:
        return one or two
    import numpy as np

    return np.sort(np.frombuffer(one + two, "<u8"), kind="stable").tobytes()


def _numbers(values: Iterable[int]) -> bytes:
    every = list(values)
    return struct.pack(f"<{len(every)}Q", *every)


def _unpack(packed: Packed) -> Iterator[Known | Refused]:
    digests = iter(struct.unpack(f"<{len(packed.digests) // 8}Q", packed.digests))
    try:
        for row in json.loads(b"[%b]" % packed.text()[:-1]):
            yield _record(row, digests)
    except (ValueError, TypeError, RecursionError, StopIteration) as error:
        raise ArchiveDamaged(f"the ledger holds records that this tool did not write ({error})") from error


def _record(row: list[Any], digests: Iterator[int]) -> Known | Refused:
    if len(row) == 3:
        return Refused(next(digests) if row[0] else None, row[1], row[2])
    line, id, own, day = row
    if type(id) is not str or type(line) is not int:
        raise ValueError("a record is not one")
    return Known(next(digests), line, id, bool(own), day)
