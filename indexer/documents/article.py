"""What is an article, and where are its paragraphs?"""

from typing import NamedTuple

from indexer.documents.wrapping import endings


class Article(NamedTuple):
    """One article as it was understood.

    ``id``: the document's own id verbatim (``own_id`` true), or 16 hex digits.
    ``path``: POSIX, relative to seeds. ``line``: 1-based line of the file where the record starts.
    ``body_line``: line of the file on which ``body`` starts; for records of JSON files the record's line.
    ``day``: ordinal of `datetime.date`, None when undated.
    ``headline``, ``summary``: one line each, possibly empty. ``source``: who published it, where known.
    ``body``: verbatim, newlines as ``\\n``, without blank lines at either end.
    ``rules``: pairs of a part and the rule by which it was understood, in the order of reading.
    """

    id: str
    own_id: bool
    path: str
    line: int
    body_line: int
    day: int | None
    headline: str
    summary: str
    source: str | None
    body: str
    rules: tuple[tuple[str, str], ...]


def paragraphs(body: str) -> list[tuple[int, int]]:
    """(start, end) of each paragraph, in code points, blanks around it left out; one pass, linear time.

    Paragraphs are parted by blank lines; `wrapping` says which line breaks inside a block part them too.

    >>> paragraphs("One line.\\nAnother.\\n\\nThird.")
    [(0, 9), (10, 18), (20, 26)]
    """
    every = body.split("\n")
    if not any(every[1::2]):
        return _single_lines(every[::2])
    spans: list[tuple[int, int]] = []
    lines: list[str] = []
    at = start = 0
    for line in every:
        if not line or line.isspace():
            _close(lines, start, spans)
            lines = []
            start = at + len(line) + 1
        else:
            lines.append(line)
        at += len(line) + 1
    _close(lines, start, spans)
    return spans


def _single_lines(texts: list[str]) -> list[tuple[int, int]]:
    """The same for the usual case, twice as fast: every other line is empty, so every block is one line."""
    spans: list[tuple[int, int]] = []
    at = 0
    for text in texts:
        length = len(text)
        kept = len(text.strip())
        if kept:
            start = at if kept == length else at + length - len(text.lstrip())
            spans.append((start, start + kept))
        at += length + 2
    return spans


def _close(lines: list[str], start: int, spans: list[tuple[int, int]]) -> None:
    """Add the paragraphs of one block, whose first line begins at ``start``."""
    if len(lines) == 1:
        spans.append(_trimmed(lines[0], start))
    elif lines:
        first = at = start
        ended = True
        for line, ends in zip(lines, endings(lines), strict=True):
            left, right = _trimmed(line, at)
            if ended:
                first = left
            if ends:
                spans.append((first, right))
            ended = ends
            at += len(line) + 1


def _trimmed(text: str, start: int) -> tuple[int, int]:
    kept = text.strip()
    if len(kept) != len(text):
        start += len(text) - len(text.lstrip())
    return start, start + len(kept)
