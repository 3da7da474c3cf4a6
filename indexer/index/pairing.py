"""Which records of a file does the ledger know already?

A record is unchanged when digest, occurrence (the how-manieth with this digest in its file) and line are
equal. The line counts because it is shown: an updated index must equal a freshly built one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from indexer.documents.record import Record
from indexer.documents.refusal import Refusal
from indexer.index.ledger import Known, Records, Refused, SeedFile
from indexer.index.seeds import Content


class Pair(NamedTuple):
    """A record as the ledger knows it (None: not yet), and its bytes (None: not read)."""

    known: Known | Refused | None
    record: Record | None = None
    occurrence: int = 0


def match(old: SeedFile | None, content: Content) -> list[Pair]:
    """Pair the records of a file with what the ledger knows of them."""
    known = dict(_keyed(old.records)) if old is not None else {}
    pairs: list[Pair] = []
    seen: Counter[int] = Counter()
    for record in content.records:
        if isinstance(record, Refusal):
            pairs.append(Pair(Refused(None, record.line, record.reason)))
            continue
        occurrence = seen[record.digest]
        seen[record.digest] += 1
        pairs.append(Pair(known.get((record.digest, occurrence, record.line)), record, occurrence))
    return pairs


def match_appended(before: Records, content: Content) -> list[Pair]:
    """Pair what stands in a file after the records that the ledger knows: nothing of it is known."""
    return [
        Pair(None, record, occurrence + before.count(record.digest)) if record else Pair(known)
        for known, record, occurrence in match(None, content)
    ]


def _keyed(records: Records) -> Iterator[tuple[tuple[int, int, int], Known | Refused]]:
    seen: Counter[int] = Counter()
    for record in records:
        if record.digest is not None:
            yield (record.digest, seen[record.digest], record.line), record
            seen[record.digest] += 1
