"""Are the queries of the speed benchmark drawn as promised, and are its figures written right?"""

import re
from collections import Counter

import pytest

from benchmarks.speed import tables
from benchmarks.speed.corpus import Article, read, write
from benchmarks.speed.newsroom import generate
from benchmarks.speed.peers import engine
from benchmarks.speed.peers.base import TOP, Engine
from benchmarks.speed.peers.ours import SORTS
from benchmarks.speed.queries import KINDS, load, sample
from benchmarks.speed.queries import main as draw
from benchmarks.speed.sampler import MID, RARE, Sampler

COUNT = 600


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    return list(generate("news", 1, COUNT))


@pytest.fixture(scope="module")
def sampler(articles) -> Sampler:
    return Sampler(articles)


def words_of(article: Article) -> list[str]:
    return re.findall(r"[a-z]+", article.text.lower())


def test_a_corpus_is_the_same_for_the_same_seed_and_begins_like_a_longer_one(articles):
    assert articles[:5] == list(generate("news", 1, 5))
    assert articles[:5] != list(generate("news", 2, 5))


def test_a_corpus_looks_like_news(articles):
    lengths = sorted(len(article.body.split()) for article in articles)
    assert 300 < lengths[len(lengths) // 2] < 400
    assert len({article.date for article in articles}) > COUNT / 2
    assert all(article.headline and article.source and "." in article.body for article in articles)
    counts = Counter(word for article in articles for word in words_of(article))
    assert len(counts) > 10_000
    assert sum(count == 1 for count in counts.values()) > len(counts) / 4


def test_articles_are_read_as_they_were_written(articles, tmp_path):
    assert write(tmp_path / "some.jsonl", articles[:3]) == 3
    assert list(read(tmp_path / "some.jsonl", 2)) == articles[:2]


def test_every_kind_is_drawn_and_a_seed_draws_the_same(sampler):
    drawn = sample(sampler, 1, 2)
    assert Counter(query.kind for query in drawn) == dict.fromkeys(KINDS, 2)
    assert drawn == sample(sampler, 1, 2)
    assert drawn != sample(sampler, 2, 2)


def test_words_are_as_frequent_as_their_kind_says(articles, sampler):
    holders = Counter(word for article in articles for word in set(words_of(article)))
    for query in sample(sampler, 1, 5):
        if query.kind == "term, rare":
            assert RARE[0] <= holders[query.words[0]] <= RARE[1]
        if query.kind == "term, mid":
            assert MID[0] * COUNT <= holders[query.words[0]]


def test_a_story_is_told_by_several_articles_of_its_month(articles, sampler):
    for query in sample(sampler, 1, 5):
        if query.kind.startswith("the reader"):
            first, last = query.days
            assert 27 <= last - first <= 30
            inside = [article for article in articles if first <= article.day <= last]
            assert sum(" ".join(query.words) in article.text.lower() for article in inside) >= 2


def test_drawn_queries_are_read_back(articles, tmp_path, capsys):
    write(tmp_path / "articles.jsonl", articles)
    draw(str(tmp_path), "1", "2")
    assert str(tmp_path) in capsys.readouterr().out
    assert load(tmp_path / "queries-1.json") == sample(Sampler(articles), 1, 2)


def test_words_that_never_meet_are_an_error():
    lonely = [Article(str(i), "2020-01-01", "", "", f"word{'ab'[i % 2] * 4}") for i in range(4)]
    with pytest.raises(LookupError, match="mid and mid"):
        Sampler(lonely).together("mid", "mid")


def test_a_peer_is_told_as_a_multiple_of_ours():
    kinds = {
        "term": {"indexer": {"best": [0.001, 0.003], "first": [0.004]}, "fts5": {"best": [0.004]}},
        "fuzzy": {"indexer": {"best": [0.5], "first": [0.6]}},
        "not ours": {"fts5": {"best": [1.0]}},
    }
    assert tables.asked(kinds, ["indexer", "fts5"]) == [
        "|  | ours, ms | first time, ms | fts5 / ours |",
        "|---|--:|--:|--:|",
        "| term | 2.00 | 4.00 | 2.0 |",
        "| fuzzy | 500 | 600 | – |",
    ]


def test_disagreement_about_the_matches_is_told():
    totals = {"term": {"indexer": [10, 20], "fts5": [10, 23]}, "fuzzy": {"indexer": [None], "fts5": [3]}}
    assert tables.agreement(totals, ["indexer", "fts5"])[2:] == [
        "| term | 30 | 1.100 |",
        "| fuzzy | – | – |",
    ]


@pytest.fixture(scope="module")
def engines(articles, tmp_path_factory) -> list[Engine]:
    folder = tmp_path_factory.mktemp("engines")
    write(folder / "articles.jsonl", articles)
    ready = [engine(name, folder) for name in ("indexer", "fts5")]
    for one in ready:
        one.prepare(folder / "articles.jsonl")
        one.build(folder / "articles.jsonl")
        one.open()
    return ready


@pytest.mark.parametrize("kind", KINDS)
def test_ours_and_sqlite_answer_every_kind_in_both_tables(engines, sampler, kind):
    ours, sqlite = engines
    for query in (query for query in sample(sampler, 1, 2) if query.kind == kind):
        total = ours.total(query)
        assert total
        if query.form in ("all", "any", "without"):  # what both mean alike
            assert total == sqlite.total(query)
        for ask in (ours.bare(query), ours.whole(query)):
            if ask is not None and query.want in SORTS:
                answer = ask()
                assert len(answer.ids) == min(total, TOP)
                assert answer.total in (None, total)
                assert answer.shown
