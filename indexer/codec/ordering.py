"""How are collected articles put into the order of a segment, and written?

Articles arrive in the order of the seeds and leave in the order of their days; tokens arrive in the order
of the text and leave in the order of families.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from indexer.analysis.shingles import Sketches
from indexer.codec.arrays import Array, offsets, spread
from indexer.codec.articles import NUMBERS, Collected, TokenArrays
from indexer.codec.documents import DocumentColumns
from indexer.codec.impact import Lengths, Weights
from indexer.codec.keywords import write_keywords
from indexer.codec.piece import Piece, PieceCursor, joined
from indexer.codec.postings_writer import PostingsWriter
from indexer.codec.runs import RUN, TokenRun, runs_of, sort_run
from indexer.codec.segment_writer import Written, finish_segment
from indexer.codec.sentence_table import SentenceTableWriter
from indexer.codec.sketches import KEYS, write_sketches

if TYPE_CHECKING:
    from indexer.codec.families import FamilyTable
    from indexer.codec.vocabulary import Vocabulary
    from indexer.storage.section_writer import SectionFileWriter

UNDATED = 1 << 62
CHUNK = 1 << 20  # tokens written at a time


def write_collected(
    out: SectionFileWriter, name: str, collected: Collected, vocabulary: Vocabulary, weights: Weights
) -> Written:
    """Write a segment of everything collected, whose text is in ``out`` already."""
    days = np.array([UNDATED if day is None else day for day in collected.days], np.int64)
    order = np.argsort(days, kind="stable")
    tokens = _concatenated(collected.tokens)
    collected.tokens.clear()
    columns = _columns(collected, tokens, days, order)
    used = np.zeros(len(vocabulary), bool)
    used[tokens.word] = True
    table, *words = vocabulary.arranged(used)
    pieces = _sorted_pieces(tokens, order, words, weights, columns)
    del tokens
    lengths = Lengths.of(columns.length)
    write_pieces(PostingsWriter(out, table, lengths, weights.unit), table, pieces)
    _write_sentences(out, collected, order)
    _write_sketches(out, collected.sketches, order)
    for keyword, values in (("id", collected.ids), ("path", collected.paths), ("source", collected.sources)):
        write_keywords(out, keyword, [values[i] for i in order.tolist()])
    return finish_segment(out, name, table, columns, lengths.average, weights)


def write_pieces(writer: PostingsWriter, table: FamilyTable, pieces: list[Piece]) -> None:
    """Write pieces, whose documents ascend from piece to piece, range of families by range."""
    sizes = np.zeros(table.n_families, np.int64)
    for piece in pieces:
        sizes += np.bincount(piece.family, weights=piece.count, minlength=len(sizes)).astype(np.int64)
    cursors = [PieceCursor(piece) for piece in pieces]
    for _, stop in runs_of(sizes, CHUNK):
        writer.add(joined([cursor.below(stop) for cursor in cursors], ascending=True))
    writer.finish()


def _concatenated(parts: list[TokenArrays]) -> TokenArrays:
    nothing = TokenArrays(np.empty(0, np.int32), np.empty(0, np.uint32), np.empty((0, 3), np.int64))
    parts = [nothing, *parts]
    return TokenArrays(
        np.concatenate([part.word for part in parts]),
        np.concatenate([part.position for part in parts]),
        np.concatenate([part.counts for part in parts]),
    )


def _columns(collected: Collected, tokens: TokenArrays, days: Array, order: Array) -> DocumentColumns:
    """The numbers of documents in order; lengths are filled in later."""
    numbers = np.array(collected.numbers, np.int64).reshape(-1, len(NUMBERS))
    values = {number: numbers[order, i] for i, number in enumerate(NUMBERS)}
    summary_at, body_at = _part_starts(tokens)
    sorted_days = days[order]
    return DocumentColumns(
        day=sorted_days[: int(np.searchsorted(sorted_days, UNDATED))],
        length=np.zeros(len(order), np.int64),
        length_exact=np.zeros(len(order), np.int64),
        summary_at=summary_at[order],
        body_at=body_at[order],
        text=offsets(numbers[:, :3].sum(axis=1))[:-1][order],
        extra={key: np.array(given, np.uint64)[order] for key, given in collected.extra.items()},
        **values,
    )


def _part_starts(tokens: TokenArrays) -> tuple[Array, Array]:
    """The position from which tokens belong to the summary, and to the body, of each article."""
    some = tokens.counts > 0
    if not some.any():
        return np.zeros(len(some), np.int64), np.zeros(len(some), np.int64)
    ends = offsets(tokens.counts.ravel())[1:].reshape(-1, 3)
    after = np.where(some.any(axis=1), tokens.position.take(ends[:, 2] - 1).astype(np.int64) + 1, 0)
    body_at = np.where(some[:, 2], tokens.position.take(ends[:, 1], mode="clip"), after)
    return np.where(some[:, 1], tokens.position.take(ends[:, 0], mode="clip"), body_at), body_at


def _sorted_pieces(
    tokens: TokenArrays, order: Array, words: list[Array], weights: Weights, columns: DocumentColumns
) -> list[Piece]:
    """The postings of runs of documents, and the documents' lengths in ``columns``."""
    family, number, has_stem, has_form = words
    n_tokens = tokens.counts.sum(axis=1)
    first = offsets(n_tokens)
    part_weights = np.array([weights.headline, weights.summary, weights.body])
    pieces = []
    for low, high in runs_of(n_tokens[order], RUN):
        docs = order[low:high]
        at = spread(first[docs], n_tokens[docs])
        word = tokens.word[at]
        starts = offsets(n_tokens[docs])
        columns.length[low:high] = np.diff(offsets(has_stem[word])[starts])
        columns.length_exact[low:high] = np.diff(offsets(has_form[word])[starts])
        run = TokenRun(
            word=word,
            doc=np.repeat(np.arange(high - low), n_tokens[docs]),
            position=tokens.position[at],
            weight=np.repeat(np.tile(part_weights, high - low), tokens.counts[docs].ravel()),
            first_doc=low,
        )
        pieces.append(sort_run(run, family, number))
    return pieces


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
