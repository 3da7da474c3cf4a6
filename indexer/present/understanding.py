"""How was a seed understood? Each part of each article, and the rule that found it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from indexer.documents.kinds import TEXT, kind
from indexer.documents.refusal import Refusal
from indexer.present import days
from indexer.present.clip import clip
from indexer.present.report import place

if TYPE_CHECKING:
    from indexer.documents.article import Article
    from indexer.present.canvas import Canvas

OPENING = 160  # characters shown of a paragraph: enough to find it again


def render(found: Iterable[Article | Refusal], canvas: Canvas) -> Iterator[str]:
    """The lines for all records of one file, with an empty line between two."""
    first = True
    for part in found:
        if not first:
            yield ""
        first = False
        yield from canvas.block(place(part.path, part.line), face=canvas.style.headline)
        if isinstance(part, Refusal):
            yield from canvas.block(part.reason, lead="Refused   ")
        else:
            yield from _article(part, canvas)


def _article(article: Article, canvas: Canvas) -> Iterator[str]:
    rules = dict(article.rules)
    parts = {
        "id": article.id,
        "date": days.full(article.day),
        "headline": article.headline or "none",
        "summary": article.summary or "none",
        "source": article.source or "none",
    }
    for name, text in parts.items():
        yield from _part(canvas, name, text, rules.pop(name, ""))
    for name, rule in rules.items():
        yield from _part(canvas, name, rule, "")
    yield from _paragraphs(article, canvas)


def _part(canvas: Canvas, name: str, text: str, rule: str) -> Iterator[str]:
    yield from canvas.block(text, lead=f"{name.capitalize():<8}  ")
    if rule:
        yield from canvas.block(f"by: {rule}", lead=" " * 10, face=canvas.style.faint)


def _paragraphs(article: Article, canvas: Canvas) -> Iterator[str]:
    from indexer.documents.article import paragraphs

    for number, (start, end) in enumerate(paragraphs(article.body), 1):
        text, _ = clip(article.body[start:end], (), OPENING)
        yield from canvas.block(text, lead=f"{f'¶{number}':<4} line {_line(article, start):<5} ")


def _line(article: Article, start: int) -> int:
    """The line of the file on which the paragraph at ``start`` begins; records of JSON stand on one line."""
    before = article.body.count("\n", 0, start) if kind(article.path) == TEXT else 0
    return article.body_line + before
