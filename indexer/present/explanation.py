"""How was the query understood, and why did its hits come in this order?

Read as  gaza ceasefire NOT tokyo
Dates    8 Nov 2023 – 14 Nov 2023
Read     20 lists, 328 entries, 114 places, in 5.6 ms

gaza · 12 articles
  any form: gaza 12
without tokyo · 9 articles

Score = count × idf × weight (1.2 + 1) / (weight + 1.2 (1 - 0.5 + 0.5 length / 312))
 1  5.43  Truce Ends
      gaza  2.31 = 1 × idf 1.74, weight 9 in 280 words
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from indexer.present import days
from indexer.present.advice import plural
from indexer.present.canvas import Canvas
from indexer.search.results import Explanation, Points, Results, Told


def render(results: Results, canvas: Canvas) -> Iterator[str]:
    """The lines for a query that was explained."""
    found = results.explanation
    assert found is not None
    yield from canvas.block(found.understood, lead="Read as  ")
    if results.since is not None:
        yield from canvas.block(days.limits(results.since, results.until), lead="Dates    ")
    for note in results.notes:
        yield from canvas.block(note, lead="Note     ")
    yield from canvas.block(_work(found), lead="Read     ")
    for told in found.told:
        yield ""
        yield from _told(told, canvas)
    if any(found.points):
        yield ""
        yield from _scores(results, found, canvas)


def _work(found: Explanation) -> str:
    read = (
        plural(found.lists, "list"),
        plural(found.postings, "entry", "entries"),
        plural(found.tokens, "place"),
    )
    return f"{', '.join(read)}, in {found.seconds * 1000:.1f} ms"


def _told(told: Told, canvas: Canvas) -> Iterator[str]:
    without = "without " if told.excluded else ""
    yield from canvas.block(
        f"{without}{told.text} · {plural(told.articles, 'article')}", face=canvas.style.headline
    )
    for way in told.ways:
        words = ", ".join(f"{word} {count:,}" for word, count in way.words) or "nothing"
        more = f" and {way.more:,} more" if way.more else ""
        yield from canvas.block(f"{words}{more}", lead=f"  {way.how}: ")


def _scores(results: Results, found: Explanation, canvas: Canvas) -> Iterator[str]:
    k1, b = f"{found.k1:g}", f"{found.b:g}"
    formula = f"weight ({k1} + 1) / (weight + {k1} (1 - {b} + {b} length / {found.average:.0f}))"
    yield from canvas.block(f"Score = count × idf × {formula}", face=canvas.style.faint)
    for hit, points in zip(results.hits, found.points, strict=True):
        lead = f"{hit.rank:>2}  {hit.score:.2f}  "
        yield from canvas.block(hit.headline or hit.id, lead=lead, face=canvas.style.headline)
        for one in points:
            yield from canvas.block(_line(one), lead=" " * 6)


def _line(one: Points) -> str:
    sign = "=" if one.exact else ""
    return (
        f"{sign}{one.term}  {one.points:.2f} = {one.boost:g} × idf {one.idf:.2f}, "
        f"weight {one.weight:g} in {plural(one.length, 'word')}"
    )


def record(found: Explanation) -> dict[str, Any]:
    """The same for JSON."""
    return {
        "understood": found.understood,
        "told": [
            {
                "text": told.text,
                "excluded": told.excluded,
                "articles": told.articles,
                "ways": [
                    {"how": way.how, "words": [list(pair) for pair in way.words], "more": way.more}
                    for way in told.ways
                ],
            }
            for told in found.told
        ],
        "scores": [[one._asdict() for one in points] for points in found.points],
        "average_length": round(found.average, 6),
        "k1": found.k1,
        "b": found.b,
        "seconds": round(found.seconds, 6),
        "lists": found.lists,
        "postings": found.postings,
        "tokens": found.tokens,
    }
