"""Which terms does an article add to the index, where, and with what weight?"""

from dataclasses import dataclass, field

from indexer.analysis import Analyzer
from indexer.documents.article import Article
from indexer.index.schema import GAP, WEIGHTS, FieldWeights

Postings = dict[str, tuple[list[int], float]]  # term -> (ascending positions, sum of weights)


@dataclass(slots=True)
class Words:
    """The postings of one article in both text fields; how many positions its headline and summary take."""

    stems: Postings = field(default_factory=dict)
    forms: Postings = field(default_factory=dict)
    headline_words: int = 0
    summary_words: int = 0


def words_of(article: Article, analyzer: Analyzer, weights: FieldWeights = WEIGHTS) -> Words:
    """Analyse an article once, for both fields."""
    words = Words()
    end = _add(words, analyzer, article.headline, 0, weights.headline)
    words.headline_words = end
    start = end + GAP
    end = _add(words, analyzer, article.summary, start, weights.summary)
    words.summary_words = end - start
    _add(words, analyzer, article.body, end + GAP, weights.body)
    return words


def _add(words: Words, analyzer: Analyzer, text: str, start: int, weight: float) -> int:
    """Add one part of an article; returns the position after its last word."""
    end = start
    for token in analyzer.tokens(text, start):
        if token.stem:
            _place(words.stems, token.stem, token.position, weight)
        if token.form:
            _place(words.forms, token.form, token.position, weight)
        end = token.position + 1
    return end


def _place(postings: Postings, term: str, position: int, weight: float) -> None:
    found = postings.get(term)
    if found is None:
        postings[term] = ([position], weight)
    else:
        found[0].append(position)
        postings[term] = (found[0], found[1] + weight)
