"""Which articles are in a file of JSON lines? One on each line that is not blank."""

from collections.abc import Iterable, Iterator
from io import BytesIO

from indexer.documents.decode import decode
from indexer.documents.formats.gunzip import MAGIC, pieces
from indexer.documents.kinds import too_large
from indexer.documents.record import Record, record
from indexer.documents.refusal import Refusal, Refused
from indexer.limits import LIMITS

_BOM = b"\xef\xbb\xbf"


def records(path: str, content: bytes) -> Iterator[Record | Refusal]:
    """A record for each line; a refusal for a line that is too long and for where the file breaks off."""
    number, empty = 0, True
    try:
        for number, line in enumerate(_lines(content), 1):
            raw = line.removeprefix(_BOM).strip()
            if raw:
                empty = False
                yield _admitted(path, number, raw)
    except Refused as refused:
        empty = False
        yield Refusal(path, number + 1 if number else 0, refused.reason)
    if empty:
        yield Refusal(path, 0, "empty")


def _admitted(path: str, number: int, raw: bytes) -> Record | Refusal:
    limit = LIMITS.seed_bytes
    return record(number, raw) if len(raw) <= limit else Refusal(path, number, too_large(len(raw), limit))


def _lines(content: bytes) -> Iterable[bytes]:
    if content.startswith(MAGIC):
        return _unpacked(content)
    if b"\0" in content[:4]:
        content = decode(content).text.encode()
    elif b"\n" not in content:
        content = content.replace(b"\r", b"\n")
    return BytesIO(content)


def _unpacked(content: bytes) -> Iterator[bytes]:
    """The lines of a gzip file. What is left of a line where the file breaks off is not an article.

    Of a line beyond the limit one byte more than the limit is kept, so that it is seen to be too long.
    """
    begun: list[bytes] = []
    room = LIMITS.seed_bytes + 1
    for piece in pieces(content):
        for part in BytesIO(piece):
            begun.append(part[:room])
            room -= len(begun[-1])
            if part.endswith(b"\n"):
                yield b"".join(begun)
                begun, room = [], LIMITS.seed_bytes + 1
    if begun:
        yield b"".join(begun)
