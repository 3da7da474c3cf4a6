"""How is a piece of text packed so that it can be read alone?

As one Zstandard frame (RFC 8878), without the number of its dictionary and without a checksum: the segment
has both. A piece is too short to say much about its language by itself, so the frames of a segment share a
dictionary, made of what is common in a sample of its text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.storage.zstandard import zstd

if TYPE_CHECKING:
    from collections.abc import Sequence

LEVEL, LARGE_LEVEL = 3, 4
LARGE = 1 << 17  # bytes of a dictionary from which a level means other things to Zstandard, and 4 is better
MOST_BITS = 14  # of the window that a frame may ask for, so of the memory that it can take
MOST = 1 << MOST_BITS


def train(samples: Sequence[bytes], size: int) -> bytes:
    """Return a dictionary of at most ``size`` bytes for texts like ``samples``, b"" where they share nothing.

    The same samples give the same bytes in every version of Zstandard so far, but nobody promises that.
    """
    try:
        return zstd.train_dict(samples, size).dict_content
    except zstd.ZstdError:  # all alike, or too few
        return b""


class Packer:
    """Packs pieces of at most ``MOST`` bytes with one dictionary; b"" is none."""

    def __init__(self, dictionary: bytes) -> None:
        """Raises ValueError where ``dictionary`` is none."""
        known = zstd.ZstdDict(dictionary).as_digested_dict if dictionary else None
        options: dict[int, int] = {
            zstd.CompressionParameter.compression_level: LARGE_LEVEL if len(dictionary) >= LARGE else LEVEL,
            zstd.CompressionParameter.dict_id_flag: 0,
        }
        try:
            self._compressor = zstd.ZstdCompressor(options=options, zstd_dict=known)
        except zstd.ZstdError as error:
            raise ValueError(str(error)) from None

    def pack(self, data: bytes) -> bytes:
        return self._compressor.compress(data, zstd.ZstdCompressor.FLUSH_FRAME)


class Unpacker:
    """Unpacks what a packer with the same dictionary has packed. Nothing takes more memory than it may."""

    def __init__(self, dictionary: bytes) -> None:
        """Raises ValueError where ``dictionary`` is none."""
        self._dictionary = zstd.ZstdDict(dictionary) if dictionary else None
        self._options: dict[int, int] = {zstd.DecompressionParameter.window_log_max: MOST_BITS}
        try:
            zstd.ZstdDecompressor(self._dictionary)
        except zstd.ZstdError as error:
            raise ValueError(str(error)) from None

    def unpack(self, frame: bytes | memoryview) -> bytes:
        """Return the piece. Raises ValueError for anything but one whole frame of at most ``MOST`` bytes."""
        frame_reader = zstd.ZstdDecompressor(self._dictionary, self._options)
        try:
            data = frame_reader.decompress(frame, MOST + 1)
        except zstd.ZstdError as error:
            raise ValueError(str(error)) from None
        if not frame_reader.eof or frame_reader.unused_data:
            raise ValueError("it is not one frame")
        return data
