"""Where in the query is the mistake?"""

from collections.abc import Iterator

from indexer.present.escape import legible, visible
from indexer.present.width import columns

_INDENT = "  "


def pointed(query: str, column: int, width: int) -> Iterator[str]:
    """Two lines: as much of ``query`` as fits around the character at ``column``, and a caret under that.

    >>> list(pointed("gaza (truce", 5, 80))
    ['  gaza (truce', '       ^']
    """
    column = max(0, min(column, len(query)))
    room = width - 2 * len(_INDENT) - 2
    start = max(0, column - room // 2) if len(query) > room else 0
    before = ("…" if start else "") + legible(query[start:column])[0]
    after = legible(query[column : start + room])[0] + ("…" if start + room < len(query) else "")
    yield visible(f"{_INDENT}{before}{after}")
    yield f"{_INDENT}{' ' * columns(before)}^"
