"""Are the effectiveness measures what their definitions say? Hand-computed cases and a naive oracle."""

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.effectiveness import metrics

DOCS = "abcdefghij"
GRADES = st.dictionaries(st.sampled_from(DOCS), st.integers(-1, 4), min_size=1).filter(
    lambda grades: any(grade > 0 for grade in grades.values())
)
RANKING = st.lists(st.sampled_from(DOCS), unique=True)


def test_ndcg_by_hand():
    grades = {"a": 3, "b": 2, "c": 0, "d": 1}
    gained = 2 / 1 + 0 + 3 / 2  # b first, c second, a third
    ideal = 3 / 1 + 2 / math.log2(3) + 1 / 2
    assert metrics.ndcg(["b", "c", "a"], grades) == pytest.approx(gained / ideal)


def test_ndcg_stops_at_its_depth_for_the_run_and_for_the_ideal():
    grades = dict.fromkeys("abc", 1)
    assert metrics.ndcg(["x", "a", "b", "c"], grades, depth=2) == pytest.approx(
        (1 / math.log2(3)) / (1 + 1 / math.log2(3))
    )
    assert metrics.ndcg(["a", "b"], grades, depth=2) == 1.0


def test_average_precision_by_hand():
    grades = {"a": 1, "b": 4, "c": 1, "d": 1}
    assert metrics.average_precision(["x", "a", "b", "y", "c"], grades) == pytest.approx(
        (1 / 2 + 2 / 3 + 3 / 5 + 0) / 4
    )


def test_recall_reciprocal_rank_and_success_by_hand():
    grades = {"a": 1, "b": 1, "c": 0}
    assert metrics.recall(["c", "b", "a"], grades, depth=2) == 0.5
    assert metrics.reciprocal_rank(["c", "x", "a"], grades) == pytest.approx(1 / 3)
    assert metrics.reciprocal_rank(["c", "x", "a"], grades, depth=2) == 0.0
    assert metrics.success(["c", "a"], grades, 1) == 0.0
    assert metrics.success(["c", "a"], grades, 10) == 1.0


def test_an_empty_ranking_earns_nothing():
    grades = {"a": 1}
    measures = (metrics.ndcg, metrics.average_precision, metrics.recall, metrics.reciprocal_rank)
    assert [measure([], grades) for measure in measures] == [0.0] * 4


@pytest.mark.parametrize("grades", [{}, {"a": 0}, {"a": -1}])
def test_a_query_without_a_relevant_document_is_refused(grades):
    for measure in (metrics.ndcg, metrics.average_precision, metrics.recall, metrics.reciprocal_rank):
        with pytest.raises(ValueError, match="relevant"):
            measure(["a"], grades)


def naive_dcg(docs, grades):
    return sum(max(grades.get(docs[i], 0), 0) * math.log(2) / math.log(i + 2) for i in range(len(docs)))


@given(RANKING, GRADES, st.integers(1, 5))
def test_ndcg_equals_the_best_of_all_orders(ranking, grades, depth):
    judged = [doc for doc in grades if grades[doc] > 0]
    size = min(depth, len(judged))
    best = max(naive_dcg(order, grades) for order in itertools.permutations(judged, size)) if size < 4 else None
    if best is None:
        best = naive_dcg(sorted(judged, key=lambda doc: -grades[doc])[:size], grades)
    assert metrics.ndcg(ranking, grades, depth) == pytest.approx(naive_dcg(ranking[:depth], grades) / best)


@given(RANKING, GRADES)
def test_average_precision_is_the_mean_precision_at_each_relevant_rank(ranking, grades):
    judged = {doc for doc in grades if grades[doc] > 0}
    precisions = [
        len(judged & set(ranking[: ranking.index(doc) + 1])) / (ranking.index(doc) + 1) if doc in ranking else 0
        for doc in judged
    ]
    assert metrics.average_precision(ranking, grades) == pytest.approx(sum(precisions) / len(judged))


@given(RANKING, GRADES, st.integers(1, 12))
def test_cut_measures_agree_with_set_arithmetic(ranking, grades, depth):
    judged = {doc for doc in grades if grades[doc] > 0}
    top = ranking[:depth]
    ranks = [top.index(doc) + 1 for doc in judged & set(top)]
    assert metrics.recall(ranking, grades, depth) == pytest.approx(len(judged & set(top)) / len(judged))
    assert metrics.success(ranking, grades, depth) == (1.0 if ranks else 0.0)
    assert metrics.reciprocal_rank(ranking, grades, depth) == (1 / min(ranks) if ranks else 0.0)


def exact_p(ours, theirs):
    """Every assignment of signs, counted one by one."""
    differences = [a - b for a, b in zip(ours, theirs, strict=True)]
    observed = abs(sum(differences))
    flips = list(itertools.product((1, -1), repeat=len(differences)))
    extreme = sum(abs(sum(s * d for s, d in zip(f, differences, strict=True))) >= observed - 1e-12 for f in flips)
    return extreme / len(flips)


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=8))
def test_randomisation_approaches_the_exact_test(pairs):
    ours, theirs = [a / 4 for a, _ in pairs], [b / 4 for _, b in pairs]
    assert metrics.randomisation(ours, theirs, samples=4000) == pytest.approx(exact_p(ours, theirs), abs=0.05)


def test_randomisation_by_hand_is_symmetric_and_repeatable():
    better = [0.9] * 10
    worse = [0.1] * 10
    p = metrics.randomisation(better, worse)
    assert p == pytest.approx(2 / 2**10, abs=0.001)
    assert p == metrics.randomisation(worse, better)
    assert metrics.randomisation(better, better) == 1.0
