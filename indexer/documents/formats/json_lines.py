"""Which articles are in a file of JSON lines? One on each line that is not blank."""

from collections.abc import Iterator
from io import BytesIO

from indexer.documents.decode import decode
from indexer.documents.formats.gunzip import MAGIC, pieces
from indexer.documents.kinds import too_large
from indexer.documents.record import Record, record
from indexer.documents.refusal import Refusal, Refused
from indexer.limits import LIMITS

MOST_STRANGERS = 1000

_BOM = b"\xef\xbb\xbf"
_OPENING, _CLOSING = b"{}"
_LINE_FEED = ord("\n")


class Before:
    """What is to be known of the lines before those that are looked at."""

    def __init__(self) -> None:
        self.lines = 0
        self._start = self._end = b""

    def see(self, piece: bytes) -> None:
        """Look at the next of their bytes."""
        import numpy as np  # counts in a quarter of the time that bytes take

        self._start = self._start or piece[:4]
        self._end = piece[-1:]
        self.lines += int(np.count_nonzero(np.frombuffer(piece, np.uint8) == _LINE_FEED))

    def are_apart(self, rest: bytes) -> bool:
        """Whether they and those in ``rest`` do not touch each other.

        So it is where they end in a line feed and all are read as they are: not packed, not in UTF-16, not
        parted by carriage returns.
        """
        odd = any(part.startswith(MAGIC) or b"\0" in part[:4] for part in (self._start, rest))
        return self._end == b"\n" and not odd and b"\n" in rest


def records(path: str, content: bytes, before: int = 0) -> Iterator[Record | Refusal]:
    """A record for each line; a refusal for a line that cannot be one and for where the file breaks off.

    ``before`` lines stand before them in the file. After a thousand lines in a row that cannot be records,
    the file is taken for something else and given up.
    """
    number, empty, strangers = 0, True, 0
    try:
        for number, raw in enumerate(_stripped(content), before + 1):
            if raw:
                empty = False
                reason = _misfit(raw)
                strangers = strangers + 1 if reason else 0
                yield Refusal(path, number, reason) if reason else record(number, raw)
                if strangers == MOST_STRANGERS:
                    raise Refused(f"{strangers:,} lines in a row that are not records: the rest is not read")
    except Refused as refused:
        empty = False
        yield Refusal(path, number + 1 if number else 0, refused.reason)
    if empty:
        yield Refusal(path, 0, "empty")


def _misfit(raw: bytes | memoryview) -> str:
    """Why a line cannot be a record, as far as its ends and its length tell; empty when it may be one."""
    if len(raw) > LIMITS.seed_bytes:
        return too_large(len(raw), LIMITS.seed_bytes)
    if raw[0] != _OPENING:
        return "not a JSON object"
    return "" if raw[-1] == _CLOSING else "not JSON: the line does not end with }"


def _stripped(content: bytes) -> Iterator[bytes | memoryview]:
    """The lines without white space at either end."""
    if content.startswith(MAGIC):
        return (line.removeprefix(_BOM).strip() for line in _unpacked(content))
    if b"\0" in content[:4]:
        content = decode(content).text.encode()
    elif b"\n" not in content:
        content = content.replace(b"\r", b"\n")
    return _views(content)


def _views(content: bytes) -> Iterator[bytes | memoryview]:
    """The same for content that is not packed. Lines that look like records are not copied."""
    whole, start = memoryview(content), 0
    while start < len(content):
        end = content.find(b"\n", start)
        if end < 0:
            end = len(content)
        if content[start] == _OPENING and content[end - 1] == _CLOSING:
            yield whole[start:end]
        else:
            yield content[start:end].removeprefix(_BOM).strip()
        start = end + 1


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
