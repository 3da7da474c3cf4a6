"""Which characters do these bytes stand for?

The attempts, in this order; the first that applies decides:

1. the signature of a format that is not text (PDF, ZIP, gzip, PNG, JPEG, GIF, RTF): refused;
2. a byte order mark: UTF-8, UTF-32 or UTF-16 as it says;
3. NUL bytes: UTF-16 when at least half of the characters have a zero byte on the same side and none on the
   other, otherwise refused as binary;
4. UTF-8;
5. UTF-8 with strays, when most bytes beyond ASCII are UTF-8: each stray byte is read as Windows-1252;
6. Windows-1252.

Bytes that mean nothing become U+FFFD, and the rule says how many. Decoding never fails otherwise.
"""

import codecs
from typing import NamedTuple

from indexer.documents.refusal import Refused

_SIGNATURES = (
    b"%PDF-",
    b"{\\rtf",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"7z\xbc\xaf",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
)
# UTF-32 before UTF-16: the little-endian mark of one begins with that of the other.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WESTERN = {0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)}


class Decoded(NamedTuple):
    """The text, and by which rule it was read: empty for plain UTF-8, the case that needs no mention."""

    text: str
    rule: str


def decode(content: bytes) -> Decoded:
    """The text of ``content`` without byte order mark, newlines as found. Raises Refused for "binary"."""
    if content.startswith(_SIGNATURES):
        raise Refused("binary")
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _marked(content[len(mark) :], encoding)
    if b"\0" in content:
        return _wide(content)
    try:
        return Decoded(content.decode("utf-8"), "")
    except UnicodeDecodeError:
        return _broken(content)


def _marked(content: bytes, encoding: str) -> Decoded:
    if encoding == "utf-8":
        return decode(content) if content else Decoded("", "")
    return _counted(_text_only(content.decode(encoding, "replace")), encoding.upper().rpartition("-")[0])


def _wide(content: bytes) -> Decoded:
    """UTF-16 without a mark: the pattern of its zero bytes tells the byte order."""
    first, second = content[0::2].count(0), content[1::2].count(0)
    enough = len(content) // 4
    if len(content) % 2 or min(first, second) > 0 or max(first, second) < enough:
        raise Refused("binary")
    encoding = "utf-16-be" if first else "utf-16-le"
    return _counted(_text_only(content.decode(encoding, "replace")), "UTF-16 by its zero bytes")


def _broken(content: bytes) -> Decoded:
    strays = len(content) - len(content.decode("utf-8", "ignore").encode())
    beyond = len(content) - len(content.translate(None, bytes(range(0x80, 0x100))))
    if strays * 2 > beyond:
        return _counted(content.decode("cp1252", "replace"), "Windows-1252")
    text = content.decode("utf-8", "surrogateescape").translate(_WESTERN)
    return _counted(text, f"UTF-8, {strays:,} stray bytes read as Windows-1252")


def _text_only(text: str) -> str:
    if "\0" in text:
        raise Refused("binary")
    return text.removeprefix("\ufeff")


def _counted(text: str, rule: str) -> Decoded:
    unreadable = text.count("\ufffd")
    return Decoded(text, f"{rule}, {unreadable:,} unreadable characters" if unreadable else rule)
