"""What is inside a gzip file, a piece at a time?

Nothing is unpacked that is not asked for. A file that swells more than a hundredfold (beyond the first
64 MiB) or beyond 8 GiB is a bomb or a mistake, and is given up.
"""

import zlib
from collections.abc import Iterator

from indexer.documents.refusal import Refused

MAGIC = b"\x1f\x8b"
RATIO = 100
FREE_BYTES = 64 << 20
TOTAL_BYTES = 8 << 30

_PIECE = 1 << 20
_GZIP = 31  # zlib's window size with the gzip header expected


def pieces(packed: bytes) -> Iterator[bytes]:
    """The content of all members, in pieces of up to 1 MiB. Raises Refused where the file is damaged."""
    allowed = min(TOTAL_BYTES, max(FREE_BYTES, RATIO * len(packed)))
    total = 0
    rest = packed
    while rest:
        member = zlib.decompressobj(_GZIP)
        for piece in _member(member, rest):
            total += len(piece)
            if total > allowed:
                raise Refused(f"unpacks to more than {allowed >> 20} MiB")
            yield piece
        rest = member.unused_data.lstrip(b"\0")  # tapes and some tools pad with zeros


def _member(member: "zlib._Decompress", packed: bytes) -> Iterator[bytes]:
    while not member.eof:
        try:
            piece = member.decompress(packed, _PIECE)
        except zlib.error:
            raise Refused("damaged gzip data from here on") from None
        packed = member.unconsumed_tail
        if not piece and not packed and not member.eof:
            raise Refused("the gzip data ends too early; the rest is lost")
        yield piece
