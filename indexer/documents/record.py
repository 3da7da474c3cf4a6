"""One article's worth of bytes: what does a file hand over to be parsed?"""

from typing import NamedTuple

from indexer.documents.identity import digest64


class Record(NamedTuple):
    """``line``: 1-based line of the file where it starts; ``digest``: 64-bit hash of ``raw``."""

    line: int
    raw: bytes | memoryview
    digest: int


def record(line: int, raw: bytes | memoryview) -> Record:
    """The record of these bytes."""
    return Record(line, raw, digest64(raw))
