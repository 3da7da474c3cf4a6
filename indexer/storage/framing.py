"""Are these the bytes that were written, all of them?

A framed file is one line of ASCII, then the body:

    news-archive manifest 1 812 5f2b90c1\n{"generation": ...

The words are: magic, kind of file, version of its format, length of the body in bytes, and the CRC-32 of
everything before it on the line and of the body, in eight hex digits. CRC-32 notices every change of one
or two bits and every burst up to 32 bits. It is no protection against somebody who wants to deceive, so
whoever decodes a body checks bounds.
"""

import zlib

from indexer.errors import ArchiveDamaged

MAGIC = "news-archive"
HEADER_LIMIT = 128


def frame(kind: str, version: int, body: bytes) -> bytes:
    """Return ``body`` with its header line in front.

    >>> frame("note", 1, b"hello")
    b'news-archive note 1 5 816e76fd\\nhello'
    """
    start = f"{MAGIC} {kind} {version} {len(body)} ".encode("ascii")
    return start + b"%08x\n" % checksum(start, body) + body


def unframe(kind: str, version: int, data: bytes, path: str) -> bytes:
    """Return the body of a framed file, or raise ArchiveDamaged naming ``path``.

    >>> unframe("note", 1, frame("note", 1, b"hello"), "x")
    b'hello'
    """
    end = data.find(b"\n", 0, HEADER_LIMIT)
    words = data[: max(end, 0)].split(b" ")
    if len(words) != 5 or words[0] != MAGIC.encode() or words[1] != kind.encode():
        raise ArchiveDamaged(f"{path} is not a {kind} file of this tool", path, 0)
    body = data[end + 1 :]
    start = data[: end - len(words[4])]
    if words[3] != b"%d" % len(body) or words[4] != b"%08x" % checksum(start, body):
        raise ArchiveDamaged(f"{path} is damaged: it does not hold what was written to it", path, end + 1)
    if words[2] != b"%d" % version:
        found = words[2].decode("ascii", "replace")
        raise ArchiveDamaged(f"{path} has format {found}, this version of the tool reads {version}", path, 0)
    return body


def checksum(start: bytes, body: bytes) -> int:
    return zlib.crc32(body, zlib.crc32(start))
