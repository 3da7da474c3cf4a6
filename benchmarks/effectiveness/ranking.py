"""In which order does a ranking model put the documents of a collection?

BM25F (Robertson, Zaragoza and Taylor 2004) over all words of a query joined by OR, with the variations
worth trying. For each distinct word of the query a document earns

    asked * idf * (frequency * (k1 + 1) / (frequency + k1 * (1 - b + b * length / average length)) + delta)

    frequency   headline * (occurrences in the headline) + occurrences in the body length      the same
    sum over all words of the document idf         see IDF asked       (repeats + 1) * n / (repeats + n)
    for a word typed n times, times `function_words` for a word that
                only holds sentences together (see `grammar`)

A share `exact` of the score comes from the words in the very form in which they were typed, the rest from
their stems; a share `coordination` is earned only by documents with all words, in proportion to the idf
of those they have. `closeness` adds, for each two neighbouring words of the query, this part of what the
rarer word would earn for those of its occurrences that stand within `window` words of the other.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from math import inf, log

import numpy as np

from benchmarks.effectiveness.analyses import Analysis
from benchmarks.effectiveness.grammar import FUNCTION_WORDS
from benchmarks.effectiveness.postings import Field, Floats, Index, Postings
from indexer.analysis import Token

DEPTH = 1_000

IDF: dict[str, Callable[[int, int], float]] = {  # of N documents, n with the word
    "lucene": lambda N, n: log(1 + (N - n + 0.5) / (n + 0.5)),
    "robertson": lambda N, n: max(0.0, log((N - n + 0.5) / (n + 0.5))),
    "atire": lambda N, n: log(N / n),
}


@dataclass(frozen=True, slots=True)
class Model:
    """The parameters of a ranking; the formula above says what each does."""

    k1: float = 1.2
    b: float = 0.5
    headline: float = 4.0
    weighted_length: bool = True
    idf: str = "lucene"
    delta: float = 0.0
    repeats: float = 8.0
    function_words: float = 0.1
    exact: float = 0.0
    coordination: float = 0.0
    closeness: float = 0.0
    window: int = 4


PLAIN = Model(k1=1.2, b=0.75, headline=1.0, repeats=inf, function_words=1.0)  # textbook BM25


class Ranker:
    """Ranks the documents of one index; what does not depend on the model is shared between models."""

    def __init__(self, index: Index, analysis: Analysis) -> None:
        self.index = index
        self._analysis = analysis
        self._asked: dict[str, list[Token]] = {}

    def rank(self, query: str, model: Model, depth: int = DEPTH) -> list[int]:
        """The documents with a word of the query, best first; equal scores (to 1e-9) by document number."""
        scores = np.round(self.scores(query, model), 9)
        docs = np.flatnonzero(scores > 0)
        return [int(doc) for doc in docs[np.lexsort((docs, -scores[docs]))][:depth]]

    def scores(self, query: str, model: Model) -> Floats:
        """The score of every document; 0 where it has no word of the query."""
        asked = self._asked.get(query)
        if asked is None:
            asked = self._asked[query] = self._analysis.asked(query)
        stems = _Scoring(self.index.stems, model)
        scores = stems.words([(token.stem, token.form) for token in asked])
        if model.exact:
            forms = _Scoring(self.index.forms, model).words([(token.form, token.form) for token in asked])
            scores = (1 - model.exact) * scores + model.exact * forms
        if model.closeness:
            scores += model.closeness * stems.pairs(asked)
        return scores


class _Scoring:
    """One field under one model."""

    def __init__(self, field: Field, model: Model) -> None:
        self.field = field
        self.model = model
        weight = model.headline if model.weighted_length else 1.0
        lengths = weight * field.headline_lengths + field.body_lengths
        self.norms = model.k1 * (1 - model.b + model.b * lengths / lengths.mean())

    def words(self, terms: list[tuple[str, str]]) -> Floats:
        """Sum over the distinct terms of (term, word as typed)."""
        scores = np.zeros(self.field.n_docs)
        found = np.zeros(self.field.n_docs)
        whole = 0.0
        typed = dict(terms)
        for term, word in typed.items():
            postings = self.field.postings(term)
            worth = self.worth(term, word)
            asked = self.asked(sum(other == term for other, _ in terms))
            scores[postings.docs] += asked * worth * self.saturated(postings)
            found[postings.docs] += worth
            whole += worth
        if self.model.coordination and whole:
            scores *= 1 - self.model.coordination * (1 - found / whole)
        return scores

    def pairs(self, asked: list[Token]) -> Floats:
        """Sum over the distinct pairs of neighbouring words."""
        scores = np.zeros(self.field.n_docs)
        neighbours = {
            (first.stem, second.stem): (first, second)
            for first, second in pairwise(asked)
            if second.position == first.position + 1 and first.stem != second.stem
        }
        for pair in neighbours.values():
            postings = self.field.close(pair[0].stem, pair[1].stem, self.model.window)
            worth = min(self.worth(token.stem, token.form) for token in pair)
            scores[postings.docs] += worth * self.saturated(postings)
        return scores

    def asked(self, n: int) -> float:
        """How often a word that was typed n times counts."""
        repeats = self.model.repeats
        return n if repeats == inf else (repeats + 1) * n / (repeats + n)

    def worth(self, term: str, word: str) -> float:
        """The idf of a term, less where the word typed is a function word."""
        n = len(self.field.postings(term).docs)
        if not n:
            return 0.0
        idf = IDF[self.model.idf](self.field.n_docs, n)
        return idf * self.model.function_words if word in FUNCTION_WORDS else idf

    def saturated(self, postings: Postings) -> Floats:
        """What the frequencies of a term are worth."""
        frequency = self.model.headline * postings.headline + postings.body
        norms = self.norms[postings.docs]
        saturated: Floats = frequency * (self.model.k1 + 1) / (frequency + norms) + self.model.delta
        return saturated
