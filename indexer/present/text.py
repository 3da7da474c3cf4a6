"""What does a reader at a terminal see of an answer?

2 articles, 8 Nov 2023 – 1 Feb 2024 · exact phrase in 1

 1  Japan, U.S. To Seek Gaza ‘Pauses’ As G-7 Foreign Ministers Meet
    Wed 8 Nov 2023 · Bloomberg · 3f31db6b
    ¶1  Japan and the US said they would work for “humanitarian pauses” in Israel’s war with Hamas ...
"""

from collections.abc import Iterator

from indexer.present import advice, days
from indexer.present.advice import plural as plural
from indexer.present.canvas import Canvas
from indexer.present.clip import PASSAGE, clip
from indexer.present.escape import visible
from indexer.search.results import Hit, Passage, Results

HEADLINE_LIMIT = 300  # characters of one headline or summary in a list; --read shows the whole
NARROW = 60  # columns below which passages use the full width


def render(results: Results, canvas: Canvas, wanted: int | None, next_page: str = "") -> Iterator[str]:
    """The lines of one page of hits.

    ``wanted`` is the number of passages asked for (None = all), ``next_page`` the command that shows more.
    """
    yield from canvas.block(header(results))
    places = max(len(str(results.hits[-1].rank)), 2) if results.hits else 2
    for hit in results.hits:
        yield ""
        yield from _hit(hit, canvas, wanted, places)
    if results.hits and (results.more or results.page > 1):
        yield ""
        yield from canvas.block(footer(results, next_page), face=canvas.style.faint)


def nothing_found(results: Results) -> Iterator[str]:
    """Why there is nothing to show, in one or two lines."""
    if results.total:
        entries = results.total if results.entries is None else results.entries
        pages = -(-entries // results.limit) if results.limit else 1
        yield f"No page {results.page}: {plural(results.total, 'article')} fill {plural(pages, 'page')}."
        return
    query = f"match  {visible(results.query)} " if results.query.strip() else ""
    words = ("No articles", query, days.period(results.since, results.until))
    yield " ".join(filter(None, words)).rstrip() + "."
    if results.undated_left_out:
        yield f"  {plural(results.undated_left_out, 'undated article')} would; a date limit leaves them out."
    yield from advice.lines(results)


def header(results: Results) -> str:
    """How many articles there are, of which days, and what was left out."""
    parts = [plural(results.total, "article")]
    if results.entries is not None and (folded := results.total - results.entries):
        parts[0] += f" ({folded:,} {'is a copy' if folded == 1 else 'are copies'})"
    if when := days.span(results.first_day, results.last_day):
        parts[0] += f", {when}"
    if results.phrase and results.exact_total is not None:
        count = f"{results.exact_total:,}" if results.exact_total else "none"
        parts.append(f"exact phrase in {count}")
    if results.undated_left_out:
        parts.append(f"{results.undated_left_out:,} undated left out")
    return " · ".join(parts)


def footer(results: Results, next_page: str) -> str:
    """Which of them are on this page, and the command for the next."""
    first, last = results.hits[0].rank, results.hits[-1].rank
    shown = f"{first:,}" if first == last else f"{first:,}–{last:,}"
    entries = results.total if results.entries is None else results.entries
    folded = ", copies folded" if entries < results.total or any(hit.copies for hit in results.hits) else ""
    more = f" · next: {next_page}" if next_page and results.more else ""
    return f"{shown} of {entries:,}{folded}{more}"


def _hit(hit: Hit, canvas: Canvas, wanted: int | None, places: int) -> Iterator[str]:
    indent = " " * (places + 2)
    yield from canvas.block(
        *clip(hit.headline or "(no headline)", hit.headline_marks, HEADLINE_LIMIT),
        lead=f"{hit.rank:>{places}}  ",
        face=canvas.style.headline,
        path=hit.path,
    )
    yield from canvas.block(_about(hit), lead=indent, face=canvas.style.faint)
    if _summary_helps(hit, wanted):
        yield from canvas.block(*clip(hit.summary, hit.summary_marks, HEADLINE_LIMIT), lead=indent)
    yield from passages(hit.passages, canvas, indent, PASSAGE)


def _about(hit: Hit) -> str:
    return " · ".join(filter(None, (days.full(hit.day), hit.source, hit.id, copies(hit))))


def copies(hit: Hit) -> str:
    """How many copies are folded under a hit; empty where there are none."""
    return f"+{plural(len(hit.copies), 'copy', 'copies')}" if hit.copies else ""


def _summary_helps(hit: Hit, wanted: int | None) -> bool:
    """Where passages are missing the summary stands in: to show a match, or what the article is about."""
    if not hit.summary or wanted == 0:
        return False
    if not hit.passages:
        return True
    return bool(hit.summary_marks) and (wanted is None or len(hit.passages) < wanted)


def passages(found: tuple[Passage, ...], canvas: Canvas, indent: str, limit: int) -> Iterator[str]:
    """Passages beside their paragraph numbers; on a narrow page the text runs on under the number."""
    numbers = [f"¶{passage.paragraph}" for passage in found]
    widest = max(map(len, numbers), default=0)
    for number, passage in zip(numbers, found, strict=True):
        text, marks = clip(passage.text, passage.marks, limit)
        if canvas.width < NARROW:
            shift = len(number) + 1
            text, marks = f"{number} {text}", tuple((start + shift, end + shift) for start, end in marks)
            yield from canvas.block(text, marks, lead=indent)
        else:
            yield from canvas.block(text, marks, lead=f"{indent}{number:<{widest}}  ")
