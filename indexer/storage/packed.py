"""How are bytes that are always read as a whole made smaller?

As one Zstandard frame (RFC 8878) that says how large it is unpacked. What is packed can be put together
without being unpacked: frames one after the other are what they hold one after the other.
"""

from indexer.errors import ArchiveDamaged
from indexer.storage.zstandard import zstd

FAST = 1  # level; files of numbers become no smaller by the usual one
MOST = 1 << 32  # bytes
_MAGIC = b"\x28\xb5\x2f\xfd"


def pack(data: bytes) -> bytes:
    """Return ``data`` packed."""
    return zstd.compress(data, FAST)


def unpack(data: bytes, path: str) -> bytes:
    """Return what was packed, or raise ArchiveDamaged naming ``path``.

    >>> unpack(pack(b"hello"), "x")
    b'hello'
    """
    found, rest = _first(data, path)
    if rest:
        raise _damage(path)
    return found


def is_packed(data: bytes) -> bool:
    """Say whether ``data`` begins as what is packed does.

    >>> is_packed(pack(b"")), is_packed(b"[1]")
    (True, False)
    """
    return data.startswith(_MAGIC)


def unpack_all(data: bytes, path: str) -> bytes:
    """Return what was packed in pieces that stand one after the other.

    >>> unpack_all(pack(b"hel") + pack(b"lo"), "x")
    b'hello'
    """
    pieces = []
    while data:
        piece, data = _first(data, path)
        pieces.append(piece)
    return b"".join(pieces)


def _first(data: bytes, path: str) -> tuple[bytes, bytes]:
    """What the first frame holds, and the bytes behind it."""
    try:
        size = zstd.get_frame_info(data).decompressed_size
        if size is not None and size <= MOST:
            reader = zstd.ZstdDecompressor()
            found = reader.decompress(data, size + 1)
            if reader.eof and len(found) == size:
                return found, reader.unused_data
    except zstd.ZstdError:
        pass  # told below
    raise _damage(path)


def _damage(path: str) -> ArchiveDamaged:
    return ArchiveDamaged(f"{path} is damaged: it cannot be unpacked", path, 0)
