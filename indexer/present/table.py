"""What does a spreadsheet get? CSV in UTF-8: a line of names, commas, cells quoted where they must be.

Hits        rank,date,source,id,headline,summary,path,score,exact,copies,passages
            ids of copies with spaces between them, passages with " … "
Mentions    date,source,id,headline,path,line,place,before,mention,after
            place is ¶5, or head or sum. for headline and summary, which have no line
Periods     period,first,last,articles
            every period from the first to the last with articles; the undated in a last line of no period
Sources     source,articles

Lines end with a line feed, and none is in a cell. A spreadsheet runs a cell that starts with = + - @ as a
formula, and anybody may have written a headline: such a cell of text gets an apostrophe in front, which says
that text follows. Programs that want the text untouched take JSON.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from indexer.present import days
from indexer.present.escape import legible
from indexer.search.results import Hit

if TYPE_CHECKING:
    from indexer.present.concordance import Mention
    from indexer.search.histogram import Histogram

Cell = str | int | float | None

HIT = (
    *("rank", "date", "source", "id", "headline", "summary"),
    *("path", "score", "exact", "copies", "passages"),
)
MENTION = (
    *("date", "source", "id", "headline", "path", "line", "place"),
    *("before", "mention", "after"),
)
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def hits(found: Iterable[Hit]) -> Iterator[str]:
    """One line an article."""
    return _lines(HIT, map(_hit, found))


def _hit(hit: Hit) -> list[Cell]:
    passages = " … ".join(passage.text for passage in hit.passages)
    return [
        *(hit.rank, days.iso(hit.day), hit.source, hit.id, hit.headline, hit.summary),
        *(hit.path, round(float(hit.score), 6), int(hit.exact), " ".join(hit.copies), passages),
    ]


def mentions(found: Iterable[Mention]) -> Iterator[str]:
    """One line a mention, with the whole sentence around it."""
    return _lines(MENTION, map(_mention, found))


def _mention(one: Mention) -> list[Cell]:
    hit, text = one.hit, one.text
    return [
        *(days.iso(hit.day), hit.source, hit.id, hit.headline, hit.path, one.line or None, one.place),
        *(text[: one.start], text[one.start : one.end], text[one.end :]),
    ]


def histogram(found: Histogram) -> Iterator[str]:
    """One line a period, or a source."""
    if found.by == "source":
        return _lines(("source", "articles"), found.sources)
    return _lines(("period", "first", "last", "articles"), _periods(found))


def _periods(found: Histogram) -> Iterator[tuple[Cell, ...]]:
    for row in found.all_rows():
        yield row.label, days.iso(row.first), days.iso(row.last), row.total
    if found.undated:
        yield None, None, None, found.undated


def _lines(names: Iterable[str], rows: Iterable[Iterable[Cell]]) -> Iterator[str]:
    line = csv.writer(_Handed(), lineterminator="")
    yield line.writerow(names)
    for row in rows:
        yield line.writerow(map(safe, row))


class _Handed:
    """What csv writes to: it hands back the line, and so does the writer."""

    def write(self, line: str) -> str:
        return line


def safe(cell: Cell) -> Cell:
    """A cell that a spreadsheet shows as it is.

    >>> safe("=1+1"), safe("gaza\\ntokyo"), safe(-1)
    ("'=1+1", 'gaza tokyo', -1)
    """
    if not isinstance(cell, str):
        return cell
    text = legible(cell)[0]
    return f"'{text}" if text.lstrip().startswith(_FORMULA) else text
