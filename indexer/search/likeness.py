"""Which query finds articles like this one?

Any of its most telling words: those that stand often in it, above all in its headline, and in few other
articles (as BM25 weighs them). The query is one that a reader could have typed; the article and its copies
are left out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import islice

from indexer.analysis.analyzer import Analyzer
from indexer.analysis.function_words import FUNCTION_WORDS
from indexer.analysis.token import Token
from indexer.documents.article import Article
from indexer.errors import QueryError
from indexer.query import nodes
from indexer.query.build import Meaning, build
from indexer.query.keywords import Ids
from indexer.query.nodes import AndNot, Term
from indexer.query.parser import parse
from indexer.query.syntax import And
from indexer.search.copies import Copies
from indexer.search.evaluator import Evaluator
from indexer.search.part import STEMS

WORDS = 20
HEADLINE = 3  # what a word of the headline counts more than one of the body
MOST = 100_000  # characters of an article that are read


def likeness(evaluator: Evaluator, doc: int, restriction: Meaning | None, analyzer: Analyzer) -> Meaning:
    """Return the query for articles like document ``doc`` that also match ``restriction``.

    Raises QueryError where no other article has a word of it.
    """
    itself = Ids(_left_out(evaluator, doc, analyzer))
    words = telling_words(evaluator, evaluator.snapshot.article(doc), itself, analyzer)
    shown = evaluator.snapshot.shown_id(evaluator.snapshot.id(doc), False)
    if not words:
        raise QueryError(f"no other article shares a telling word with {shown}: there is none like it.")
    text = " OR ".join(f"\\{word}" for word in words)
    like = build(text, parse(text), analyzer)
    wanted = [like] if restriction is None else [like, restriction]
    tree = nodes.And([meaning.tree for meaning in wanted]) if restriction else like.tree
    return Meaning(
        text=" OR ".join(words) if restriction is None else f"({' OR '.join(words)}) {restriction.text}",
        tree=AndNot(tree, itself),
        clauses=tuple(clause for meaning in wanted for clause in meaning.clauses),
        exact=None,
        notes=(*(restriction.notes if restriction else ()), f"like {shown}: any of {', '.join(words)}"),
        typed=And(tuple(meaning.typed for meaning in wanted)),
        any_word=False,
    )


def telling_words(evaluator: Evaluator, article: Article, itself: Ids, analyzer: Analyzer) -> list[str]:
    """Return the most telling words of ``article``, as they stand in it, that others than ``itself`` have."""
    weights: Counter[str] = Counter()
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    parts = ((article.headline, HEADLINE), (article.summary, 1), (article.body[:MOST], 1))
    for text, weight in parts:
        whole: dict[int, Token] = {}  # of the tokens of a hyphenated word the longest
        for token in analyzer.tokens(text):
            known = whole.setdefault(token.position, token)
            if token.stem and (not known.stem or token.end - token.start > known.end - known.start):
                whole[token.position] = token
        for token in whole.values():
            word = text[token.start : token.end]
            if token.stem and token.form not in FUNCTION_WORDS and any(map(str.isalpha, word)):
                weights[token.stem] += weight
                spellings[token.stem][word] += 1
    scores = {
        stem: evaluator.statistics.idf(STEMS, stem) * weight / (weight + evaluator.statistics.k1)
        for stem, weight in weights.items()
        if _articles(evaluator, stem) > 1
    }
    ranked = sorted(scores, key=lambda stem: (-scores[stem], stem))
    others = (stem for stem in ranked if evaluator.count(AndNot(Term(STEMS, stem), itself), None))
    best = islice(others, WORDS)
    return [min(found, key=lambda word: (-found[word], word)) for found in map(spellings.__getitem__, best)]


def _articles(evaluator: Evaluator, stem: str) -> int:
    """In how many live articles a stem is."""
    lists = (part.term(STEMS, stem) for part in evaluator.parts)
    return sum(one.live_df() for one in lists if one is not None)


def _left_out(evaluator: Evaluator, doc: int, analyzer: Analyzer) -> frozenset[str]:
    """The ids of an article and of its copies."""
    every = evaluator.matches(build("*", parse("*"), analyzer), None, False)
    copies = Copies(evaluator, every).of(doc)
    return frozenset(map(evaluator.snapshot.id, (doc, *copies)))
