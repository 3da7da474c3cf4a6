"""In which order does a ranking model put the documents of a collection?

BM25F (Robertson, Zaragoza and Taylor 2004) over all words of a query joined by OR, with the variations
worth trying. A document earns, for each time a word was typed,

    idf * (frequency * (k1 + 1) / (frequency + k1 * (1 - b + b * length / average length)) + delta)

where frequency is `headline` * (occurrences in the headline) + occurrences in the body. A word that several
terms answer earns the sum over them. `Model` tells what else can be varied.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from math import inf, log

import numpy as np
from whoosh.util.numeric import byte_to_length

from benchmarks.effectiveness.analyses import Analysis, Asked
from benchmarks.effectiveness.postings import Field, Floats, Index, Postings
from indexer.analysis.spellings import Alternative

DEPTH = 1_000
LENGTHS = np.array([byte_to_length(byte) for byte in range(256)], np.float64)
Rows = tuple[Alternative, ...]

IDF: dict[str, Callable[[int, int], float]] = {  # of N documents, n with the word
    "lucene": lambda N, n: log(1 + (N - n + 0.5) / (n + 0.5)),
    "robertson": lambda N, n: max(0.0, log((N - n + 0.5) / (n + 0.5))),
    "atire": lambda N, n: log(N / n),
    "whoosh": lambda N, n: log(N / (n + 1)) + 1,
}


@dataclass(frozen=True, slots=True)
class Model:
    """The parameters of a ranking. The defaults are the tuned model."""

    k1: float = 1.2
    b: float = 0.5
    headline: float = 3.0
    idf: str = "lucene"  # one of IDF
    weighted_length: bool = False  # headline words count in a length as `headline` does, otherwise once
    quantised_length: bool = True  # rounded up to one of Whoosh's 256 lengths
    exact_average: bool = True  # the average length is of lengths before rounding
    function_words: float = 0.1  # factor for the words of `indexer.analysis.function_words`
    parts: bool = True  # the parts of a typed hyphenated word are words of their own, otherwise a row
    repeats: float = inf  # a word typed n times counts (repeats + 1) * n / (repeats + n) times
    delta: float = 0.0  # BM25+ (Lv and Zhai 2011)
    exact: float = 0.0  # share of the score that comes from the words in the form in which they were typed
    coordination: float = 0.0  # share that only documents with all words earn whole, by the idf they have
    closeness: float = 0.0  # of what the rarer of two neighbouring words earns where it is near the other
    window: int = 4  # near: at most so many words away


TUNED = Model()  # what indexer does; `--archive` checks it
PLAIN = Model(b=0.75, headline=1.0, function_words=1.0, quantised_length=False)  # textbook BM25


class Ranker:
    """Ranks the documents of one index; what does not depend on the model is shared between models."""

    def __init__(self, index: Index, analysis: Analysis) -> None:
        self.index = index
        self._analysis = analysis
        self._asked: dict[tuple[str, bool], list[Asked]] = {}

    def rank(self, query: str, model: Model, depth: int = DEPTH) -> list[int]:
        """The documents with a word of the query, best first; equal scores (to 1e-9) by document number."""
        scores = np.round(self.scores(query, model), 9)
        docs = np.flatnonzero(scores > 0)
        return [int(doc) for doc in docs[np.lexsort((docs, -scores[docs]))][:depth]]

    def scores(self, query: str, model: Model) -> Floats:
        """The score of every document; 0 where it has no word of the query."""
        asked = self._asked.get((query, model.parts))
        if asked is None:
            asked = self._asked[query, model.parts] = self._analysis.asked(query, model.parts)
        weights = [model.function_words if word.light else 1.0 for word in asked]
        stems = _Scoring(self.index.stems, model)
        scores = stems.words([word.stems for word in asked], weights)
        if model.exact:
            forms = _Scoring(self.index.forms, model).words([word.forms for word in asked], weights)
            scores = (1 - model.exact) * scores + model.exact * forms
        if model.closeness:
            scores += model.closeness * stems.pairs([word.stems for word in asked], weights)
        return scores


class _Scoring:
    """One field under one model."""

    def __init__(self, field: Field, model: Model) -> None:
        self.field = field
        self.model = model
        weight = model.headline if model.weighted_length else 1.0
        lengths = weight * field.headline_lengths + field.body_lengths
        average = lengths.sum() / field.n_texts
        if model.quantised_length:
            lengths = LENGTHS[np.minimum(np.searchsorted(LENGTHS, lengths), len(LENGTHS) - 1)]
            average = average if model.exact_average else lengths.sum() / field.n_texts
        self.norms = model.k1 * (1 - model.b + model.b * lengths / average)

    def words(self, words: list[Rows], weights: list[float]) -> Floats:
        """Sum over the distinct words of a query."""
        scores = np.zeros(self.field.n_docs)
        found = np.zeros(self.field.n_docs)
        whole = 0.0
        for rows, weight in dict(zip(words, weights, strict=True)).items():
            earned = self.earned(rows) * weight
            scores += self.asked(words.count(rows)) * earned
            if self.model.coordination:
                worth = weight * max((self.idf(row[0]) for row in rows), default=0.0)
                found += np.where(earned > 0, worth, 0.0)
                whole += worth
        if whole:
            scores *= 1 - self.model.coordination * (1 - found / whole)
        return scores

    def earned(self, rows: Rows) -> Floats:
        """Sum over the rows that answer one word; a row of several terms earns what each of them does."""
        scores = np.zeros(self.field.n_docs)
        for row in rows:
            docs = self.field.row(row).docs if len(row) > 1 else None
            for term in row:
                postings = self.field.postings(term)
                earned = self.idf(term) * self.saturated(postings)
                if docs is None:
                    scores[postings.docs] += earned
                else:
                    scores[docs] += earned[np.searchsorted(postings.docs, docs)]
        return scores

    def pairs(self, words: list[Rows], weights: list[float]) -> Floats:
        """Sum over the distinct pairs of neighbouring words."""
        scores = np.zeros(self.field.n_docs)
        terms = [rows[0][0] if rows and len(rows[0]) == 1 else "" for rows in words]
        for (first, light), (second, heavy) in set(pairwise(zip(terms, weights, strict=True))):
            if first and second and first != second:
                postings = self.field.close(first, second, self.model.window)
                worth = min(light * self.idf(first), heavy * self.idf(second))
                scores[postings.docs] += worth * self.saturated(postings)
        return scores

    def asked(self, n: int) -> float:
        """How often a word that was typed n times counts."""
        repeats = self.model.repeats
        return n if repeats == inf else (repeats + 1) * n / (repeats + n)

    def idf(self, term: str) -> float:
        n = len(self.field.postings(term).docs)
        return IDF[self.model.idf](self.field.n_texts, n) if n else 0.0

    def saturated(self, postings: Postings) -> Floats:
        """What the frequencies of a term are worth."""
        frequency = self.model.headline * postings.headline + postings.body
        norms = self.norms[postings.docs]
        saturated: Floats = frequency * (self.model.k1 + 1) / (frequency + norms) + self.model.delta
        return saturated
