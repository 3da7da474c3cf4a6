"""Whoosh's own trees, asked of the evaluator, find what Whoosh finds: by kernels, or by its matchers."""

import random
from pathlib import Path

import pytest
import whoosh
from indexes import FINGERPRINT, Workbench
from whoosh import query as wq
from whoosh.searching import Searcher

from indexer.index.reader import open_snapshot
from indexer.query.nodes import And, AndNot, Every, Query, Term
from indexer.query.whoosh_trees import Foreign, from_whoosh
from indexer.search.evaluator import Evaluator

WORDS = ("gaza", "tokyo", "pauses", "minister", "aid")
FIRST, LAST = 738_000, 738_020  # days


def text(chance: random.Random) -> str:
    day = chance.choice(["", *(f"{number} January 2022\n\n" for number in range(1, 9))])
    body = ".\n\n".join(" ".join(chance.choices(WORDS, k=chance.randint(1, 6))) for _ in range(2))
    return f"{day}{chance.choice(WORDS)} today\n\n{body}.\n"


@pytest.fixture
def evaluator(tmp_path: Path) -> Evaluator:
    chance = random.Random(1)
    bench = Workbench(tmp_path)
    for number in range(60):
        bench.write(f"{number}.txt", text(chance))
        if number in (30, 50):
            bench.update()
    bench.remove("7.txt")
    bench.update()
    return Evaluator(open_snapshot(bench.directory, FINGERPRINT))


def leaf(chance: random.Random) -> wq.Query:
    word, other = chance.sample(WORDS, 2)
    known = [
        wq.Term("text", word.rstrip("es")), wq.Term("text_exact", word), wq.Phrase("text_exact", [word, other], slop=2),
        wq.Prefix("text_exact", word[:1]), wq.Wildcard("text_exact", "*a?*"), wq.FuzzyTerm("text_exact", word[1:]),
        wq.NumericRange("day", FIRST, None, startexcl=True), wq.Every(), wq.Every("day"),
    ]  # fmt: skip
    foreign = [
        wq.Prefix("text", word[:1]), wq.Prefix("path", "1"), wq.Wildcard("text_exact", "[ag]*"), wq.Every("text"),
        wq.TermRange("text_exact", "a", "h"), wq.Ordered([wq.Term("text_exact", word)]), wq.NullQuery,
    ]  # fmt: skip
    return chance.choice(chance.choice([known, known, foreign]))


def tree(chance: random.Random, depth: int) -> wq.Query:
    if not depth or chance.random() < 0.3:
        return leaf(chance)
    one, other = tree(chance, depth - 1), tree(chance, depth - 1)
    kinds = [
        wq.And([one, other]),
        wq.And([one, wq.Not(other)]),
        wq.Or([one, other]),
        wq.AndMaybe(one, other),
        wq.ConstantScoreQuery(one),
    ]
    if whoosh.__version__ >= (3,):  # the Require of 2.7.4 finds what its second query does not
        kinds.append(wq.Require(one, other))
    return chance.choice(kinds)


def found(evaluator: Evaluator, query: Query, scored: bool) -> list[int]:
    answers = [(part, evaluator.found(query, part, part.whole, scored).docs) for part in evaluator.parts]
    return [part.base + doc for part, docs in answers for doc in docs.tolist()]


def holds_foreign(query: Query) -> bool:
    return any(isinstance(leaf, Foreign) for leaf in query.leaves())


def test_the_evaluator_finds_what_whoosh_finds(evaluator: Evaluator) -> None:
    chance = random.Random(2)
    searcher = Searcher(evaluator.snapshot.reader)
    fast = 0
    for _ in range(300):
        asked = tree(chance, 2)
        query = from_whoosh(asked)
        expected = sorted(searcher.docs_for_query(asked))
        assert found(evaluator, query, scored=False) == expected, asked
        assert found(evaluator, query, scored=True) == expected, asked
        fast += not holds_foreign(query)
    assert 50 < fast < 250


def test_what_another_node_than_the_known_ones_means_only_whoosh_knows() -> None:
    class Strange(wq.Term):
        pass

    term = wq.Term("text", "gaza")
    assert from_whoosh(wq.And([term, wq.Not(term)])) == AndNot(And([Term("text", "gaza")]), Term("text", "gaza"))
    assert from_whoosh(wq.Not(term)) == AndNot(Every(), Term("text", "gaza"))
    for query in (Strange("text", "gaza"), wq.Or([term], boost=2.0), wq.Or([term], minmatch=1), wq.And([term], boost=2.0)):
        assert isinstance(from_whoosh(query), Foreign)
