"""The order of the answer depends on the articles alone."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from indexer.search.collector import SORTS, Match, collect, page

NOV, DEC = date(2023, 11, 8).toordinal(), date(2023, 12, 1).toordinal()


def docs(matches: list[Match], sort: str, limit: int = 0, number: int = 1) -> list[int]:
    return [match.doc for match in page(matches, sort, limit, number, lambda doc: f"id{9 - doc}")]


def test_the_exact_phrase_comes_before_any_score() -> None:
    assert docs([Match(0, 9.0, NOV, False), Match(1, 1.0, NOV, True)], "relevance") == [1, 0]


def test_equal_scores_come_newest_first_and_undated_last() -> None:
    matches = [Match(0, 1.0, None, False), Match(1, 1.0, NOV, False), Match(2, 1.0, DEC, False)]
    assert docs(matches, "relevance") == [2, 1, 0]


def test_undated_articles_come_last_in_both_date_orders() -> None:
    matches = [Match(0, 9.0, None, True), Match(1, 1.0, DEC, False), Match(2, 1.0, NOV, False)]
    assert docs(matches, "newest") == [1, 2, 0]
    assert docs(matches, "oldest") == [2, 1, 0]


def test_what_is_equal_otherwise_is_ordered_by_id() -> None:
    assert docs([Match(n, 1.0, NOV, False) for n in range(4)], "newest") == [3, 2, 1, 0]


def test_scores_that_differ_by_rounding_only_are_equal() -> None:
    matches = collect([0, 1], [0.1 + 0.2, 0.3], lambda doc: NOV, set())
    assert matches[0].score == matches[1].score


def test_only_ties_that_reach_the_page_are_looked_up() -> None:
    asked = []
    matches = [Match(n, float(-(n // 2)), NOV, False) for n in range(100)]
    page(matches, "relevance", 10, 2, lambda doc: asked.append(doc) or str(doc))
    assert set(asked) == set(range(10, 20))


@given(
    st.lists(st.tuples(st.sampled_from([0.0, 0.5, 1.0]), st.sampled_from([None, NOV, DEC]), st.booleans()), max_size=30),
    st.integers(1, 7),
    st.sampled_from(SORTS),
    st.randoms(use_true_random=False),
)
def test_pages_partition_the_answer_whatever_the_order_of_documents(rows, limit, sort, random) -> None:
    matches = [Match(n, *row) for n, row in enumerate(rows)]
    whole = page(list(matches), sort, 0, 1, "{:03}".format)
    random.shuffle(matches)
    pages = [page(list(matches), sort, limit, number, "{:03}".format) for number in range(1, len(rows) // limit + 2)]
    assert [match for one in pages for match in one] == whole
