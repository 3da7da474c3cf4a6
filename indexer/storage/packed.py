"""How is a file that is always read as a whole made smaller?

As one Zstandard frame (RFC 8878) that says how large it is unpacked.
"""

from indexer.errors import ArchiveDamaged
from indexer.storage.zstandard import zstd

FAST = 1  # level; files of numbers become no smaller by the usual one
MOST = 1 << 32  # bytes


def pack(data: bytes) -> bytes:
    """Return ``data`` packed."""
    return zstd.compress(data, FAST)


def unpack(data: bytes, path: str) -> bytes:
    """Return what was packed, or raise ArchiveDamaged naming ``path``.

    >>> unpack(pack(b"hello"), "x")
    b'hello'
    """
    try:
        size = zstd.get_frame_info(data).decompressed_size
        if size is not None and size <= MOST:
            reader = zstd.ZstdDecompressor()
            found = reader.decompress(data, size + 1)
            if reader.eof and not reader.unused_data and len(found) == size:
                return found
    except zstd.ZstdError:
        pass  # told below
    raise ArchiveDamaged(f"{path} is damaged: it cannot be unpacked", path, 0)
