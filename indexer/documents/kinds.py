"""By its name alone: how is a file in seeds read, if at all?

Ignored without a word: hidden files and folders (``.x``) and what editors and downloads leave behind
(``x~``, ``#x#``, ``x.swp``, ``x.tmp``, ``x.part``).
Refused with a reason: formats that are not plain text, archives, and markup (tags would be read as words).
Everything else is read: ``.jsonl``, ``.ndjson`` (either also with ``.gz``) and ``.json`` as records, any
other name, and no suffix at all, as a text.
"""

from functools import lru_cache

from indexer.limits import LIMITS, Limits

TEXT = "text"
LINES = "JSON lines"
DOCUMENT = "JSON document"

# Records of a file of JSON lines are budgeted one by one, so the file itself may be larger than one article.
LINES_FILE_BYTES = 1 << 30

_LINES_SUFFIXES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
PLAINLY_READ = (".txt", ".json", ".jsonl", ".md")  # names that need no second look unless hidden
_DROPPINGS = (".swp", ".tmp", ".part")
_BY_REASON = {
    "not a text format": "pdf ps eps doc docx xls xlsx ppt pptx odt ods odp rtf pages numbers epub mobi djvu "
    "jpg jpeg png gif webp tif tiff bmp ico heic avif psd svg mp3 m4a wav ogg flac mp4 m4v mov avi mkv webm "
    "ttf otf woff woff2 exe dll so dylib bin class jar pyc wasm sqlite sqlite3 db mdb parquet npy npz pickle",
    "an archive": "zip tar gz tgz bz2 tbz xz txz zst lz4 7z rar cab iso dmg warc",
    "markup, not plain text": "html htm xhtml mhtml xml rss atom css js",
}
_REFUSED = {
    f".{suffix}": f"{reason} (.{suffix})"
    for reason, suffixes in _BY_REASON.items()
    for suffix in suffixes.split()
}


@lru_cache(maxsize=1)  # asked for every record of a file
def kind(path: str) -> str:
    """How to read the file: `TEXT`, `LINES` or `DOCUMENT`."""
    lower = path[-10:].lower()
    if lower.endswith(_LINES_SUFFIXES):
        return LINES
    return DOCUMENT if lower.endswith(".json") else TEXT


def is_ignored(name: str) -> bool:
    """Whether a file or folder of this name is passed over in silence."""
    return name[0] == "." or name[-1] == "~" or (name[0] == "#" == name[-1]) or name.endswith(_DROPPINGS)


def refused_by_name(name: str) -> str | None:
    """Why a file of this name cannot be read as text, or None."""
    dot = name.rfind(".")
    if dot < 0:
        return None
    suffix = name[dot:].lower()
    reason = _REFUSED.get(suffix)
    if reason and suffix == ".gz" and name.lower().endswith(_LINES_SUFFIXES):
        return None
    return reason


def size_limit(path: str, limits: Limits = LIMITS) -> int:
    """The most bytes a file of this name may have."""
    return max(limits.seed_bytes, LINES_FILE_BYTES) if kind(path) == LINES else limits.seed_bytes


def too_large(size: int, limit: int) -> str:
    """The reason for refusing ``size`` bytes where ``limit`` are allowed.

    >>> too_large(34603008, 33554432)
    'too large (33 MiB, limit 32 MiB)'
    """
    return f"too large ({_mebibytes(size)}, limit {_mebibytes(limit)})"


def _mebibytes(size: int) -> str:
    """Rounded up, so that a size beyond a limit never reads like the limit."""
    return f"{-(-size * 10 >> 20) / 10:,g} MiB" if size >= 1 << 20 else f"{size:,} bytes"
