"""Is everything in a segment as it has to be?

Checksums tell whether the bytes are those that were written. This tells as well whether they make sense: it
reads all of a segment and compares its structures with each other.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from indexer.codec.arrays import Array, gaps, list_sizes, offsets, run_starts
from indexer.codec.documents import PER_DOCUMENT
from indexer.codec.runs import runs_of
from indexer.codec.segment import Segment
from indexer.codec.sketches import ordered
from indexer.codec.source import READ, Source
from indexer.codec.terms import Terms, decode, encode


def check_segment(segment: Segment) -> None:
    """Read everything. Raises ArchiveDamaged, naming the file and what in it is wrong."""
    segment.file.check_all()
    for part in (
        _check_dictionaries,
        _check_documents,
        _check_postings,
        _check_texts,
        _check_sentences,
        _check_sketches,
    ):
        part(segment)


def _check_dictionaries(segment: Segment) -> None:
    keywords = (segment.ids, segment.paths, segment.sources)
    for terms in (segment.families.stems, segment.families.forms, *(each.terms for each in keywords)):
        _demand(segment, _ascending(terms), "a dictionary is not in order")
    for each in keywords:
        docs = [doc for number in range(len(each.terms)) for doc in each.docs_of(number)]
        carriers = [doc for doc, value in enumerate(each.all()) if value is not None]
        _demand(segment, sorted(docs) == carriers, "a keyword's documents do not carry it")
    _demand(segment, len(segment.ids.terms) <= segment.n_docs, "there are more ids than documents")


def _ascending(terms: Terms) -> bool:
    """Whether terms ascend and are text."""
    return all(one < two for one, two in pairwise(terms)) and all(
        encode(decode(term)) == term for term in terms
    )


def _check_documents(segment: Segment) -> None:
    documents = segment.documents
    days = documents.days.array().astype(np.int64)
    _demand(segment, bool((days[1:] >= days[:-1]).all()), "documents are not in the order of their days")
    columns = {name: documents.column(name).array() for name in PER_DOCUMENT}
    for column in (*columns.values(), *(extra.array() for extra in documents.extra.values())):
        _demand(segment, len(column) == segment.n_docs, "a column has not one number for each document")
    lengths = int(columns["length"].sum()), int(columns["length_exact"].sum())
    totals = segment.total_length, segment.total_length_exact
    _demand(segment, lengths == totals, "the lengths of documents do not add up")
    ordered = bool((columns["summary_at"] <= columns["body_at"]).all())
    _demand(segment, ordered, "a body begins before its summary")


def _check_postings(segment: Segment) -> None:
    """Lists ascend, positions ascend, numbers exist, lengths and counts of forms are those of the lists."""
    source = Source(segment)
    size, form = segment.families.words()
    word = offsets(size)
    lengths = np.zeros(segment.n_docs, np.int64)
    tokens = np.zeros(len(segment.families.forms) + 1, np.int64)
    for low, high in runs_of(list_sizes(segment.file["family.token"]), READ):
        piece = source.read(low, high)
        key = piece.family.astype(np.int64) << 32 | piece.doc
        _demand(segment, bool((key[1:] > key[:-1]).all()), "documents of a list do not ascend")
        starts = np.cumsum(piece.count) - piece.count
        rises = np.diff(piece.position.astype(np.int64), prepend=-1) > 0
        rises[starts] = True
        _demand(segment, bool(rises.all()), "positions of a list do not ascend")
        family = np.repeat(piece.family, piece.count)
        tokens += np.bincount(form[word[family] + piece.number], minlength=len(tokens))
        stems = family < segment.n_stems
        lengths += np.bincount(np.repeat(piece.doc, piece.count)[stems], minlength=segment.n_docs)
    written = segment.documents.column("length").array()
    _demand(segment, bool((lengths == written).all()), "lengths are not those of the lists")
    counted = np.array_equal(tokens[:-1], segment.form_tokens.all())
    _demand(segment, counted, "counts of forms are not those of the lists")


def _check_texts(segment: Segment) -> None:
    column = segment.documents.column
    headline, summary, body = (column(part).array() for part in ("headline", "summary", "body"))
    sizes: Array = headline.astype(np.int64) + summary + body
    start = column("text").array().astype(np.int64)
    order = np.lexsort((sizes, start))
    whole = np.array_equal(start[order], offsets(sizes[order])[:-1])
    _demand(segment, whole, "texts do not follow one another")
    characters = sum(len(segment.text.unpacked(piece)) for piece in range(segment.text.n_pieces))
    _demand(segment, characters == sizes.sum(), "texts are not as long as they should be")


def _check_sentences(segment: Segment) -> None:
    first, position, offset, _ = segment.sentences.between(0, segment.n_docs)
    doc = np.repeat(np.arange(segment.n_docs), gaps(first))
    for values in (position.astype(np.int64), offset.astype(np.int64)):
        rises = np.diff(values, prepend=0) >= 0
        rises[run_starts(doc)] = True
        _demand(segment, bool(rises.all()), "sentences of an article do not ascend")


def _check_sketches(segment: Segment) -> None:
    """Every key of every document leads back to it."""
    keys, _ = segment.sketches.all()
    for name, expected in zip(("doc", "first", "shared"), ordered(keys.ravel()), strict=True):
        found = segment.file[f"sketch.{name}"].array()
        _demand(segment, np.array_equal(found, expected), "a document is not found by its sketch")


def _demand(segment: Segment, holds: bool, why: str) -> None:
    if not holds:
        raise segment.file.damaged(why, 0)
