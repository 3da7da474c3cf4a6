"""Are these the same bytes as then? For what every search asks: hashlib takes 2 ms to load."""

import zlib


def quick_digest(data: bytes) -> int:
    """Return 64 bits, CRC-32 above Adler-32: proof against accidents, not against intent.

    >>> f"{quick_digest(b'gaza'):016x}"
    '21c57103041801a4'
    """
    return zlib.crc32(data) << 32 | zlib.adler32(data)
