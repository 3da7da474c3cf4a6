"""Does an archive rank like the model that was tuned?"""

import pytest

from benchmarks.effectiveness.analyses import Analysis
from benchmarks.effectiveness.archive import build_archive, disagreements, search_all, typed
from benchmarks.effectiveness.collections import ADHOC, Collection, Document, Query
from benchmarks.effectiveness.postings import build
from benchmarks.effectiveness.ranking import TUNED, Model, Ranker

TEXTS = (
    ("Cease-fire talks resume", "The talks on a cease-fire resumed on Tuesday, the U.S. envoy said."),
    ("Oil prices fall", "Prices of oil fell. Analysts asked what the producers will do about oil."),
    ("", "What is known about the ceasefire? Little, said the envoy. Fire crews ceased work."),
    ("U.S. trade gap widens", "The trade gap of the US widened; it tells us what high-speed growth costs."),
    ("High-speed line opens", "A line for trains of high speed opened, and at speed. The high court had no say."),
    ("Envoy to US talks", "The envoy left. " + "Nothing else happened in the long and quiet week. " * 9),
)
QUERIES = (
    "what is known about the ceasefire",
    "cease-fire envoy",
    "high-speed trains",
    "US trade",
    "us trade",
    "oil oil oil prices",
    "the of what",
    "NOT a talk AND an envoy",
    "unheard-of trains",
)


@pytest.fixture(scope="module")
def collection():
    documents = tuple(Document(f"d{n}", headline, body) for n, (headline, body) in enumerate(TEXTS))
    queries = tuple(Query(f"q{n}", text, {"d0": 1}) for n, text in enumerate(QUERIES))
    return Collection("made up", documents, queries, ADHOC)


@pytest.fixture(scope="module")
def found(collection, tmp_path_factory):
    archive = build_archive(tmp_path_factory.mktemp("archive"), collection)
    try:
        return search_all(archive, collection)
    finally:
        archive.close()


def ranker(collection):
    analysis = Analysis()
    return Ranker(build(collection.documents, analysis), analysis)


def test_an_archive_ranks_like_the_tuned_model(collection, found):
    assert sum(map(len, found.values())) > 20
    assert list(disagreements(collection, ranker(collection), TUNED, found)) == []


@pytest.mark.parametrize("change", [{"function_words": 1.0}, {"headline": 1.0}, {"parts": False}])
def test_a_model_that_the_product_has_not_is_noticed(collection, found, change):
    assert list(disagreements(collection, ranker(collection), Model(**change), found))


def test_queries_are_typed_so_that_no_sign_counts():
    assert typed('Is "this" NOT (a) -wild* OR title:query?') == r"Is this \NOT a wild \OR title query"
