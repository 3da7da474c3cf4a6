"""Does the in-memory ranker compute what its formula says? A naive oracle counts words one by one."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.util.numeric import byte_to_length

from benchmarks.effectiveness.analyses import Analysis, strip_s, words_of
from benchmarks.effectiveness.collections import Document
from benchmarks.effectiveness.postings import build
from benchmarks.effectiveness.ranking import IDF, PLAIN, TUNED, Model, Ranker

ANALYSIS = Analysis("none")
WORDS = st.lists(st.sampled_from(["red", "green", "blue", "grey", "amber"]), max_size=12).map(" ".join)
DOCUMENTS = st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=6).filter(
    lambda documents: any(headline or body for headline, body in documents)
)


def ranker(*documents):
    made = [Document(str(i), headline, body) for i, (headline, body) in enumerate(documents)]
    return Ranker(build(made, ANALYSIS), ANALYSIS)


def naive(documents, query, model):
    """The score of every document, from the formula in `ranking`."""
    texts = [(headline.split(), body.split()) for headline, body in documents]
    with_text = [pair for pair in texts if pair[0] or pair[1]]
    weight = model.headline if model.weighted_length else 1
    lengths = [weight * len(headline) + len(body) for headline, body in texts]
    exact = sum(lengths)
    if model.quantised_length:
        lengths = [min(known for known in map(byte_to_length, range(256)) if known >= n) for n in lengths]
    average = (exact if model.exact_average else sum(lengths)) / len(with_text)
    scores = []
    for (headline, body), length in zip(texts, lengths, strict=True):
        score = 0.0
        for word in query.split():
            n = sum(word in head or word in rest for head, rest in texts)
            frequency = model.headline * headline.count(word) + body.count(word)
            if frequency:
                norm = model.k1 * (1 - model.b + model.b * length / average)
                idf = IDF[model.idf](len(with_text), n)
                score += idf * (frequency * (model.k1 + 1) / (frequency + norm) + model.delta)
        scores.append(score)
    return scores


MODELS = [PLAIN, TUNED, Model(weighted_length=True, k1=2.0, b=0.3), Model(idf="whoosh"), Model(delta=0.5, exact_average=False)]


@pytest.mark.parametrize("model", MODELS)
@given(documents=DOCUMENTS, query=WORDS)
@settings(max_examples=30)
def test_scores_are_those_of_the_formula(model, documents, query):
    found = ranker(*documents).scores(query, model)
    assert list(found) == pytest.approx(naive(documents, query, model))


def test_a_row_needs_its_words_side_by_side_and_closeness_does_not():
    stems = ranker(("", "red green"), ("", "red blue green"), ("", "green red"), ("red", "green")).index.stems
    assert list(stems.row(("red", "green")).docs) == [0]
    assert list(stems.close("red", "green", 1).docs) == [0, 2]
    assert list(stems.close("red", "green", 2).docs) == [0, 1, 2]


def test_function_words_count_less_and_only_as_typed():
    documents = ("", "the red"), ("", "blue green"), ("", "The green")
    whole = ranker(*documents).scores("the", Model(function_words=1.0))
    less = ranker(*documents).scores("the", Model(function_words=0.1))
    assert list(less) == pytest.approx(list(whole * 0.1))
    red = Model(function_words=0.0)
    assert list(ranker(*documents).scores("red", red)) == list(ranker(*documents).scores("red", TUNED))


def test_repetition_saturates_between_once_and_every_time():
    documents = ("", "red"), ("", "blue")
    once, twice, always = (
        ranker(*documents).scores("red red red", Model(repeats=repeats))[0] for repeats in (0.0, 2.0, math.inf)
    )
    assert twice == pytest.approx(once * 3 * 3 / 5)
    assert always == pytest.approx(once * 3)


def test_equal_scores_keep_the_order_of_the_documents():
    assert ranker(("", "red"), ("", "blue"), ("", "red")).rank("red", TUNED) == [0, 2]


def test_a_hyphenated_word_is_a_row_or_its_parts():
    documents = ("", "cease-fire"), ("", "cease the fire"), ("", "ceasefire")
    apart = ranker(*documents).rank("cease-fire", Model(parts=True))
    together = ranker(*documents).rank("cease-fire", Model(parts=False))
    assert sorted(apart) == [0, 1, 2]
    assert sorted(together) == [0, 2]


def test_other_stemmers_change_stems_only():
    porter, english = Analysis("porter"), Analysis("english")
    text = "The news: U.S. policemen, 1987's universities"
    assert [t.form for t in porter.tokens(text)] == [t.form for t in english.tokens(text)]
    assert "new" in {t.stem for t in porter.tokens(text)}
    assert "news" in {t.stem for t in english.tokens(text)}
    assert "US" in {t.stem for t in porter.tokens(text)}


def test_queries_lose_the_signs_of_the_query_language():
    assert words_of('"what (is) a -dash?" non-linear*') == ["what", "is", "a", "dash", "non-linear"]


def test_the_s_stemmer_takes_plurals_only():
    assert [strip_s(word) for word in ("policies", "strikes", "gas", "crisis", "us", "election")] == [
        "policy",
        "strike",
        "gas",
        "crisi",
        "us",
        "election",
    ]
