"""Would a fresh index of the same seeds hold the same?

Every article is parsed and analysed once more and compared with what is stored: text and facts and sentences
one by one, terms with their positions and weights by a sum over each document. The sum is of 64-bit numbers,
one for every token (stem, form, position) and one for every posting, so it does not depend on the order in
which an index keeps them; that another set of tokens has the same sum has a chance of 1 in 2**64.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np

from indexer.analysis.bulk import BulkAnalyzer
from indexer.analysis.shingles import Sketches, sketch
from indexer.codec.arrays import Array, list_sizes, offsets
from indexer.codec.check import check_segment
from indexer.codec.runs import runs_of
from indexer.codec.source import READ, Source
from indexer.codec.terms import encode
from indexer.codec.vocabulary import Vocabulary
from indexer.documents.article import Article
from indexer.errors import ArchiveDamaged
from indexer.index.batch import arrays_of
from indexer.index.changes import Changes

if TYPE_CHECKING:
    from indexer.analysis.analyzer import Analyzer
    from indexer.codec.articles import SentenceArrays, TokenArrays
    from indexer.codec.segment import Segment
    from indexer.index.reader import Snapshot
    from indexer.index.seeds import Seeds

BATCH = 1 << 20  # characters analysed at once
FACTS = tuple(name for name in Article._fields if name != "rules")
_ODD = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], np.uint64)
_SHIFT = np.uint64(29)

Progress = Callable[[int, int], None]


def compare_fresh(
    seeds: Seeds,
    snapshot: Snapshot,
    analyzer: Analyzer,
    skipped: Collection[str] = (),
    progress: Progress | None = None,
) -> Iterator[ArchiveDamaged]:
    """Yield what is stored otherwise than a fresh index would have it; articles ``skipped`` are left out."""
    sums: list[Array] = []
    for one in snapshot.segments:
        try:
            check_segment(one.segment)
            sums.append(stored_sums(one.segment))
        except ArchiveDamaged as damage:
            yield damage
    if len(sums) < len(snapshot.segments):
        return
    comparison = _Comparison(snapshot, sums, analyzer)
    changes = Changes({}, seeds, *seeds.discover())
    batch: list[Article] = []
    done = characters = 0
    for article in changes.articles():
        done += 1
        if article.id in skipped:
            continue
        batch.append(article)
        characters += len(article.headline) + len(article.summary) + len(article.body)
        if characters >= BATCH:
            yield from comparison.compare(batch)
            batch, characters = [], 0
        if progress is not None:
            progress(done, changes.expected())
    if batch:
        yield from comparison.compare(batch)
    yield from comparison.left_over(skipped)


class _Comparison:
    def __init__(self, snapshot: Snapshot, sums: list[Array], analyzer: Analyzer) -> None:
        self._snapshot = snapshot
        self._sums = sums
        self._words = _Words()
        self._bulk = BulkAnalyzer(analyzer, self._words.numbers)
        self._seen: set[int] = set()

    def compare(self, articles: list[Article]) -> Iterator[ArchiveDamaged]:
        """Yield what differs in ``articles``, a line each."""
        tokens, sentences = arrays_of(articles, self._bulk)
        weights = self._snapshot.segments[0].segment.weights if self._snapshot.segments else None
        units = (weights.headline, weights.summary, weights.body) if weights else (0, 0, 0)
        sums = self._words.sums(tokens, units)
        sketches = self._words.sketches(tokens)
        ends = offsets(sentences.counts)
        for at, article in enumerate(articles):
            doc = self._snapshot.find(article.id)
            if doc is None:
                yield self._damage(article, None, "is not stored")
                continue
            self._seen.add(doc)
            rows = slice(int(ends[at]), int(ends[at + 1]))
            differing = list(self._differing(article, doc, sums[at], sentences, rows))
            differing = differing or list(self._otherwise_sketched(doc, sketches, at))
            if differing:
                what = ", ".join(differing)
                yield self._damage(article, doc, f"is stored with another {what} than a fresh index has")

    def left_over(self, skipped: Collection[str]) -> Iterator[ArchiveDamaged]:
        """Yield the articles that no seed has."""
        for doc in self._snapshot.docs():
            if doc not in self._seen and self._snapshot.id(doc) not in skipped:
                article = self._snapshot.article(doc)
                yield self._damage(article, doc, "is stored, although no seed has it")

    def _differing(
        self, article: Article, doc: int, total: int, sentences: SentenceArrays, rows: slice
    ) -> Iterator[str]:
        one, inside = self._snapshot.place(doc)
        stored = self._snapshot.article(doc)
        yield from (name for name in FACTS if getattr(stored, name) != getattr(article, name))
        if self._sums[self._snapshot.segments.index(one)][inside] != total:
            yield "set of terms and positions"
        _, position, offset, opens = one.segment.sentences.between(inside, inside + 1)
        fresh = sentences.position[rows], sentences.offset[rows], sentences.opens[rows]
        if not all(map(np.array_equal, (position, offset, opens), fresh)):
            yield "table of sentences"

    def _otherwise_sketched(self, doc: int, fresh: Sketches, at: int) -> Iterator[str]:
        one, inside = self._snapshot.place(doc)
        docs = np.array([inside])
        same_keys = np.array_equal(one.segment.sketches.keys(docs)[0], fresh.keys[at])
        if not same_keys or one.segment.sketches.digests(docs)[0] != fresh.digests[at]:
            yield "sketch"

    def _damage(self, article: Article, doc: int | None, what: str) -> ArchiveDamaged:
        path = ""
        if doc is not None:
            path = self._snapshot.place(doc)[0].segment.file.path
        where = f"{path}: seeds/{article.path}" if path else f"seeds/{article.path}"
        return ArchiveDamaged(f"{where}:{article.line} (article {article.id}) {what}", path)


class _Words:
    """Numbers of (stem, form) and what each adds to a sum."""

    def __init__(self) -> None:
        self._vocabulary = Vocabulary()
        self._hashes: list[tuple[int, int, int]] = []

    def numbers(self, stems: Sequence[str], forms: Sequence[str]) -> list[int]:
        return list(map(self._number, stems, forms))

    def _number(self, stem: str, form: str) -> int:
        number = self._vocabulary.word(stem, form)
        if number == len(self._hashes):
            own = hashed(encode(stem)), hashed(encode(form))
            self._hashes.append((*own, own[0] or own[1]))
        return number

    def sketches(self, tokens: TokenArrays) -> Sketches:
        """Return the sketch of each article."""
        return sketch(self._vocabulary.hashes()[tokens.word], tokens.counts)

    def sums(self, tokens: TokenArrays, units: tuple[int, int, int]) -> Array:
        """Return the sum of each article."""
        hashes = np.array(self._hashes, np.uint64).reshape(-1, 3)[tokens.word]
        unit = np.repeat(np.tile(np.array(units, np.uint64), len(tokens.counts)), tokens.counts.ravel())
        each = token_numbers(hashes[:, 0], hashes[:, 1], tokens.position) + hashes[:, 2] * unit
        result = np.zeros(len(tokens.counts), np.uint64)
        np.add.at(result, np.repeat(np.arange(len(result)), tokens.counts.sum(axis=1)), each)
        return result


def stored_sums(segment: Segment) -> Array:
    """Return the sum of each document of a segment."""
    source = Source(segment)
    size, form = segment.families.words()
    stems = [hashed(term) for term in segment.families.stems]
    forms = np.array([*map(hashed, segment.families.forms), 0], np.uint64)
    word = offsets(size)
    stem = np.zeros(len(size), np.uint64)
    stem[: len(stems)] = stems
    own = stem.copy()
    own[len(stems) :] = forms[form[word[len(stems) : -1]]]
    result = np.zeros(segment.n_docs, np.uint64)
    for low, high in runs_of(list_sizes(segment.file["family.token"]), READ):
        piece = source.read(low, high)
        family = np.repeat(piece.family, piece.count)
        each = token_numbers(stem[family], forms[form[word[family] + piece.number]], piece.position)
        np.add.at(result, np.repeat(piece.doc, piece.count), each)
        np.add.at(result, piece.doc, own[piece.family] * piece.weight.astype(np.uint64))
    return result


def hashed(term: bytes) -> int:
    """Return 64 bits of a term, 0 for none."""
    return int.from_bytes(blake2b(term, digest_size=8).digest(), "little") if term else 0


def token_numbers(stem: Array, form: Array, position: Array) -> Array:
    """Return a number for every token; arithmetic is modulo 2**64."""
    mixed = stem * _ODD[0] + form * _ODD[1] + (position.astype(np.uint64) + np.uint64(1)) * _ODD[2]
    mixed ^= mixed >> _SHIFT
    mixed *= _ODD[0]
    mixed ^= mixed >> _SHIFT
    mixed *= _ODD[1]
    numbers: Array = mixed ^ (mixed >> _SHIFT)
    return numbers
