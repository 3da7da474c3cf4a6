"""How are collected articles put into the order of a segment, and written?

Articles arrive in the order of the seeds and leave in the order of their days; tokens arrive in the order
of the text and leave in the order of families.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from indexer.analysis.shingles import Sketches
from indexer.codec.arrays import Array, offsets, spread
from indexer.codec.articles import NUMBERS, Collected, TokenArrays
from indexer.codec.documents import DocumentColumns
from indexer.codec.drawers import Drawers
from indexer.codec.impact import Lengths, Weights
from indexer.codec.keys import KeyMaker, Layout, postings_of
from indexer.codec.keywords import write_keywords
from indexer.codec.postings_writer import PostingsWriter
from indexer.codec.segment_writer import Written, finish_segment
from indexer.codec.sentence_table import SentenceTableWriter
from indexer.codec.sketches import KEYS, write_sketches

if TYPE_CHECKING:
    from indexer.codec.vocabulary import Vocabulary
    from indexer.codec.waiting import WaitingTokens
    from indexer.storage.section_writer import SectionFileWriter

UNDATED = 1 << 62


def write_collected(
    out: SectionFileWriter,
    name: str,
    collected: Collected,
    tokens: WaitingTokens,
    vocabulary: Vocabulary,
    weights: Weights,
) -> Written:
    """Write a segment of everything collected, whose text is in ``out`` already."""
    days = np.array([UNDATED if day is None else day for day in collected.days], np.int64)
    order = np.argsort(days, kind="stable")
    of_word = tokens.of_word(len(vocabulary))
    used = of_word > 0
    table, family, number, has_stem, has_form = vocabulary.arranged(used)
    of_family = np.bincount(family, of_word, table.n_families).astype(np.int64)
    layout = Layout.of(table.n_families, len(order), tokens.most_position, int(number.max(initial=0)))
    maker = KeyMaker(layout, family, number)
    with closing(Drawers(out.directory, layout, of_family)) as drawers:
        shapes = _deal(tokens, drawers, maker, order, used & ~has_stem, used & ~has_form)
        columns = _columns(collected, shapes, days, order)
        lengths = Lengths.of(columns.length)
        writer = PostingsWriter(out, table, lengths, weights.unit)
        for keys in drawers.sorted():
            writer.add(postings_of(keys, layout, weights))
        writer.finish()
    _write_sentences(out, collected, order)
    _write_sketches(out, collected.sketches, order)
    for keyword, values in (("id", collected.ids), ("path", collected.paths), ("source", collected.sources)):
        write_keywords(out, keyword, [values[i] for i in order.tolist()])
    return finish_segment(out, name, table, columns, lengths.average, weights)


class _Shapes(NamedTuple):
    """What the tokens of documents tell about them: see ``documents``."""

    length: Array
    length_exact: Array
    summary_at: Array
    body_at: Array


def _deal(
    tokens: WaitingTokens, drawers: Drawers, maker: KeyMaker, order: Array, stemless: Array, formless: Array
) -> _Shapes:
    """Put the keys of all tokens into drawers; ``stemless`` and ``formless`` words count for one length."""
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    nothing = np.empty(0, np.int64)
    shapes = [_Shapes(nothing, nothing, nothing, nothing)]
    done = 0
    for block in tokens.blocks():
        docs = place[done : done + len(block.counts)]
        done += len(docs)
        drawers.add(maker.keys(block, docs))
        lengths = _length(block, stemless), _length(block, formless)
        shapes.append(_Shapes(*lengths, *_part_starts(block)))
    return _Shapes(*(np.concatenate(column)[order] for column in zip(*shapes, strict=True)))


def _length(tokens: TokenArrays, without: Array) -> Array:
    """How many tokens each article has, those of the words ``without`` left out."""
    lengths: Array = tokens.counts.sum(axis=1)
    if not without.any():
        return lengths
    out = np.flatnonzero(without.take(tokens.word))
    article = np.searchsorted(offsets(lengths), out, side="right") - 1
    lengths -= np.bincount(article, minlength=len(lengths))
    return lengths


def _part_starts(tokens: TokenArrays) -> tuple[Array, Array]:
    """The position from which tokens belong to the summary, and to the body, of each article."""
    some = tokens.counts > 0
    if not some.any():
        return np.zeros(len(some), np.int64), np.zeros(len(some), np.int64)
    ends = offsets(tokens.counts.ravel())[1:].reshape(-1, 3)
    after = np.where(some.any(axis=1), tokens.position.take(ends[:, 2] - 1).astype(np.int64) + 1, 0)
    body_at = np.where(some[:, 2], tokens.position.take(ends[:, 1], mode="clip"), after)
    return np.where(some[:, 1], tokens.position.take(ends[:, 0], mode="clip"), body_at), body_at


def _columns(collected: Collected, shapes: _Shapes, days: Array, order: Array) -> DocumentColumns:
    """The numbers of documents in order."""
    numbers = np.concatenate([np.empty((0, len(NUMBERS)), np.int64), *collected.numbers])
    values = {number: numbers[order, i] for i, number in enumerate(NUMBERS)}
    sorted_days = days[order]
    return DocumentColumns(
        day=sorted_days[: int(np.searchsorted(sorted_days, UNDATED))],
        text=offsets(numbers[:, :3].sum(axis=1))[:-1][order],
        extra={key: np.array(given, np.uint64)[order] for key, given in collected.extra.items()},
        **shapes._asdict(),
        **values,
    )


def _write_sentences(out: SectionFileWriter, collected: Collected, order: Array) -> None:
    writer = SentenceTableWriter(out)
    if collected.sentences:
        counts = np.concatenate([part.counts for part in collected.sentences])
        at = spread(offsets(counts)[:-1][order], counts[order])
        position, offset, opens = (
            np.concatenate([getattr(part, name) for part in collected.sentences])[at]
            for name in ("position", "offset", "opens")
        )
        writer.add(counts[order], position, offset, opens)
    writer.finish()


def _write_sketches(out: SectionFileWriter, parts: list[Sketches], order: Array) -> None:
    nothing = Sketches(np.empty((0, KEYS), np.uint32), np.empty(0, np.uint32))
    keys, digests = (np.concatenate(column) for column in zip(nothing, *parts, strict=True))
    write_sketches(out, Sketches(keys[order], digests[order]))
