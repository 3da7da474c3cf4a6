"""What does a reader see of one whole article?"""

from collections.abc import Iterator

from indexer.present import days
from indexer.present.canvas import Canvas
from indexer.present.text import passages
from indexer.search.results import Reading


def render(reading: Reading, canvas: Canvas) -> Iterator[str]:
    """The lines of the article: headline, where and when, summary, then each paragraph under its number."""
    hit = reading.hit
    headline = hit.headline or "(no headline)"
    yield from canvas.block(headline, hit.headline_marks, face=canvas.style.headline, path=hit.path)
    about = " · ".join(filter(None, (days.full(hit.day), hit.source, hit.id, hit.path)))
    yield from canvas.block(about, face=canvas.style.faint)
    if hit.summary:
        yield ""
        yield from canvas.block(hit.summary, hit.summary_marks)
    longest = max((len(str(paragraph.paragraph)) for paragraph in reading.paragraphs), default=0)
    for paragraph in reading.paragraphs:
        yield ""
        yield from passages((paragraph,), canvas, " " * (longest - len(str(paragraph.paragraph))), _WHOLE)


_WHOLE = 1 << 62  # no limit on the length of a paragraph
