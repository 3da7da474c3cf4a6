"""Which sentences does an article have, and at which word does each begin?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indexer.analysis import Token
from indexer.analysis.sentences import sentences
from indexer.codec.sentence_table import Sentence
from indexer.documents.article import paragraphs


def sentence_rows(
    texts: tuple[str, str, str], tokens: tuple[Sequence[Token], Sequence[Token], Sequence[Token]]
) -> list[Sentence]:
    """Return the rows of the sentence table for one article.

    ``texts`` are headline, summary and body, ``tokens`` their tokens in one space of positions, offsets
    counted in each text. Headline and summary are one paragraph each.
    """
    rows: list[Sentence] = []
    base = position = 0
    for number, (text, words) in enumerate(zip(texts, tokens, strict=True)):
        spans = paragraphs(text) if number == 2 else [(0, len(text))] * bool(text)
        rows += _rows(text, spans, words, base, position)
        base += len(text)
        position = words[-1].position + 1 if words else position
    return rows


def _rows(
    text: str, spans: list[tuple[int, int]], words: Sequence[Token], base: int, position: int
) -> Iterator[Sentence]:
    """The rows of one part; ``position`` is where a part without words stands."""
    after = words[-1].position + 1 if words else position
    at = 0
    for start, end in spans:
        for number, (begin, _) in enumerate(sentences(text[start:end])):
            while at < len(words) and words[at].start < start + begin:
                at += 1
            here = words[at].position if at < len(words) else after
            yield Sentence(here, base + start + begin, number == 0)
