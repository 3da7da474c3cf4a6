"""Which letters count as the same letter?

A text is folded in *clusters* (a character and the marks that follow it), so that composed and decomposed
spellings fold alike. Folding yields lower-case text without the marks that readers leave out, and a parallel
*shape*, one character for each folded one, on which the word rules are written:

    a  small letter or letter without case      0  digit
    A  capital letter                           c  letter of a script written without spaces
    . ' & , -  themselves                       space  anything else: it parts words

Hyphens and apostrophes of every kind become ``-`` and ``'``; default-ignorable characters vanish.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple
from unicodedata import category, decimal, normalize

_APOSTROPHES = "’‘‛ʼʻʽʾʿʹʺˈ´′‵`＇ꞌ"
_HYPHENS = "‐‑⁃﹣－"
_SIGNS = str.maketrans({**dict.fromkeys(_APOSTROPHES, "'"), **dict.fromkeys(_HYPHENS, "-")})
_NOT_LETTERS = "™℠ªº"  # NFKC would glue letters to the word before them
_LETTERS = str.maketrans(
    {
        "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h", "ŧ": "t", "ı": "i",
        "ŀ": "l", "ŋ": "n", "ĸ": "k", "ƒ": "f", "ɨ": "i", "ʉ": "u", "ə": "e", "ẞ": "ss", "ß": "ss", "ё": "е",
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ـ": None,
    }
)  # fmt: skip
_IGNORABLE = frozenset(  # with the whole of plane E
    [
        *(0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFEFF, 0xFFA0),
        *(*range(0x180B, 0x1810), *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)),
        *(*range(0xFE00, 0xFE10), *range(0xFFF0, 0xFFF9), *range(0x1BCA0, 0x1BCA4), *range(0x1D173, 0x1D17B)),
    ]
)
_UNSPACED = (  # Thai, Lao, Myanmar, Khmer, Hangul, kana, bopomofo, Han
    (0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1100, 0x11FF), (0x1780, 0x17FF), (0x3005, 0x3007),
    (0x3041, 0x30FF), (0x3105, 0x318E), (0x31A0, 0x31FF), (0x3400, 0x9FFF), (0xA960, 0xA97F),
    (0xAC00, 0xD7FF), (0xF900, 0xFAFF), (0x1AFF0, 0x1B16F), (0x20000, 0x3FFFF),
)  # fmt: skip
_ASCII_SHAPE = "".join(
    c if c in ".'&,-" else "0" if c.isdigit() else "A" if c.isupper() else "a" if c.isalpha() else " "
    for c in map(chr, range(128))
)
_MOST_MARKS = 32  # more on one letter are dropped: sorting marks is quadratic in their number


class Folded(NamedTuple):
    """Folded text, its shape, and for each folded character the span of the text that it came from."""

    text: str
    shape: str
    starts: Sequence[int]
    ends: Sequence[int]


def fold_chunk(chunk: str) -> Folded:
    """Fold a chunk and remember where every folded character came from."""
    size = len(chunk)
    if chunk.isascii():
        return Folded(chunk.lower(), chunk.translate(_ASCII_SHAPE), range(size), range(1, size + 1))
    texts: list[str] = []
    shapes: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    start = 0
    while start < size:
        end = start + 1
        while end < size and chunk[end] >= "\xad" and _extends(chunk[end], chunk[start]):
            end += 1
        text, shape = _fold_cluster(_without_ignorables(chunk, start, end))
        texts.append(text)
        shapes.append(shape)
        starts.extend([start] * len(text))
        ends.extend([end] * len(text))
        start = end
    return Folded("".join(texts), "".join(shapes), starts, ends)


def keep_marks(text: str) -> str:
    """Lower case and compatibility folding only: what a stemmer of an accented language wants to see."""
    visible = "".join(c for c in text if not _is_ignorable(c))
    return normalize("NFKC", normalize("NFKC", visible).casefold())


def strip_marks(text: str) -> str:
    """Remove the marks that readers leave out, and write out letters such as ``ø`` and ``æ``.

    Accents go from Latin and Greek letters, points from Hebrew and Arabic ones, stress from Cyrillic ones;
    marks that make another letter (``й``, the vowels of Indic scripts, voiced kana) stay.
    """
    kept: list[str] = []
    base = ""
    for char in normalize("NFD", text):
        if category(char)[0] != "M":
            base = char
        elif _is_left_out(base, char):
            continue
        kept.append(char)
    return normalize("NFC", "".join(kept)).translate(_LETTERS)


def _is_left_out(base: str, mark: str) -> bool:
    """Whether readers write the letter without this mark."""
    if base < "\u0400" or "\u1e00" <= base <= "\u1fff" or "\u2c60" <= base <= "\u2c7f":
        return True
    if "\u0400" <= base <= "\u052f":
        return mark in "\u0300\u0301" and base not in "гкГК"
    point = ord(mark)
    return (
        0x0591 <= point <= 0x05C7
        or 0x0610 <= point <= 0x061A
        or 0x064B <= point <= 0x0652
        or (point == 0x0670 or 0x06D6 <= point <= 0x06ED)
    )


@lru_cache(maxsize=1 << 14)
def _fold_cluster(cluster: str) -> tuple[str, str]:
    """Fold one character with its marks into (text, shape)."""
    if not cluster or category(cluster[0])[0] == "M":
        return "", ""
    if cluster[0] in _APOSTROPHES:
        return "'", "'"
    if cluster[0] in _NOT_LETTERS:
        return " ", " "
    compatible = normalize("NFKC", cluster)
    text = strip_marks(keep_marks(cluster)).translate(_SIGNS)
    text = "".join(str(decimal(c, c)) for c in text)
    shape = "".join(map(_shape, text))
    if "⁄" in text:  # ½: never one number with the digits beside it
        return f" {text} ", f" {shape} "
    if not any(kind in "a0c" for kind in shape):
        text = text[:1]
        return text, shape[:1]
    return text, shape.replace("a", "A") if compatible[0].isupper() else shape


def _shape(char: str) -> str:
    """The shape of one folded character."""
    if char < "\x80":
        return _ASCII_SHAPE[ord(char)]
    point = ord(char)
    if any(first <= point <= last for first, last in _UNSPACED):
        return "c" if char.isalnum() or category(char)[0] == "M" else " "
    return "a" if char.isalnum() or category(char)[0] == "M" else " "


def _extends(char: str, base: str) -> bool:
    """Whether a character belongs to the cluster that ``base`` begins."""
    point = ord(char)
    if 0x1160 <= point <= 0x11FF or 0xD7B0 <= point <= 0xD7FF:  # vowels and finals of a syllable
        return "\u1100" <= base <= "\u11ff" or "\ua960" <= base <= "\ua97f" or "\uac00" <= base <= "\ud7ff"
    return _is_ignorable(char) or category(char)[0] == "M"


def _is_ignorable(char: str) -> bool:
    """Unicode's default-ignorable code points."""
    point = ord(char)
    return point in _IGNORABLE or 0xE0000 <= point <= 0xE0FFF


def _without_ignorables(chunk: str, start: int, end: int) -> str:
    """A cluster as it counts: visible characters only, and a bounded number of marks."""
    if end - start == 1:
        return "" if _is_ignorable(chunk[start]) else chunk[start]
    return "".join(c for c in chunk[start:end] if not _is_ignorable(c))[: _MOST_MARKS + 1]
