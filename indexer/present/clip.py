"""Which part of a text that is too long for a list is worth showing?"""

from indexer.search.results import Marks


def clip(text: str, marks: Marks, limit: int) -> tuple[str, Marks]:
    """At most about ``limit`` characters of ``text`` around its first mark, an ellipsis where it was cut.

    >>> clip("one two three four five six seven", ((19, 23),), 12)
    ('… five six …', ((2, 6),))
    """
    if len(text) <= limit:
        return text, marks
    start, end = _window(text, marks[0] if marks else (0, 0), limit)
    before = "… " if start else ""
    after = " …" if end < len(text) else ""
    shift = len(before) - start
    kept = tuple(
        (max(a, start) + shift, min(b, end) + shift) for a, b in marks if max(a, start) < min(b, end)
    )
    return f"{before}{text[start:end]}{after}", kept


def _window(text: str, mark: tuple[int, int], limit: int) -> tuple[int, int]:
    """Where to cut, at spaces if there are any near."""
    start = max(0, min(mark[0] - limit // 4, len(text) - limit))
    if start:
        space = text.find(" ", start, mark[0])
        start = space + 1 if space >= 0 else start
    end = min(len(text), start + limit)
    if end < len(text):
        space = text.rfind(" ", min(mark[1], end), end + 1)
        end = space if space > start else end
    return start, end
