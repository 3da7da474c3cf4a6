"""The order of the answer depends on the articles alone."""

from bisect import bisect_left, bisect_right
from datetime import date
from types import SimpleNamespace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.search.collector import SORTS, Match, Matches, page

NOV, DEC = date(2023, 11, 8).toordinal(), date(2023, 12, 1).toordinal()
Row = tuple[float, int | None, bool, str]  # score, day, exact, id


class Days(list[int]):
    def between(self, low: int, high: int) -> tuple[int, int]:
        return bisect_left(self, low), bisect_right(self, high)

    def at(self, docs: np.ndarray, missing: int) -> np.ndarray:
        return np.array([*self, missing])[np.minimum(docs, len(self))]


def part(rows: list[Row], base: int) -> tuple[Matches, list[str]]:
    """All documents of a part that holds ``rows``, in date order as segments have it, and their ids."""
    ordered = sorted(rows, key=lambda row: row[1] or 10**9)
    days = Days(day for _, day, _, _ in ordered if day is not None)
    documents = SimpleNamespace(days=days, between=days.between, days_at=days.at)
    fake = SimpleNamespace(base=base, segment=SimpleNamespace(n_dated=len(days), documents=documents))
    scores, _, exact, ids = zip(*ordered, strict=True) if ordered else ((), (), (), ())
    phrases = np.flatnonzero(np.array(exact, bool))
    found = Matches(fake, np.arange(len(ordered), dtype=np.uint32), np.array(scores, float), phrases)
    return found, list(ids)


def answer(parts: list[list[Row]], sort: str, limit: int = 0, number: int = 1) -> tuple[list[Match], list[str]]:
    found, ids = [], []
    for rows in parts:
        matches, names = part(rows, len(ids))
        found.append(matches)
        ids += names
    on_page = page(found, sort, limit, number, ids.__getitem__)
    return on_page, [ids[match.doc] for match in on_page]


def order(rows: list[Row], sort: str) -> list[str]:
    return answer([rows], sort)[1]


def test_the_exact_phrase_comes_before_any_score() -> None:
    assert order([(9.0, NOV, False, "a"), (1.0, NOV, True, "b")], "relevance") == ["b", "a"]


def test_equal_scores_come_newest_first_and_undated_last() -> None:
    rows = [(1.0, None, False, "a"), (1.0, NOV, False, "b"), (1.0, DEC, False, "c")]
    assert order(rows, "relevance") == ["c", "b", "a"]


def test_undated_articles_come_last_in_both_date_orders() -> None:
    rows = [(9.0, None, True, "a"), (1.0, DEC, False, "b"), (1.0, NOV, False, "c")]
    assert order(rows, "newest") == ["b", "c", "a"]
    assert order(rows, "oldest") == ["c", "b", "a"]


def test_what_is_equal_otherwise_is_ordered_by_id() -> None:
    assert order([(1.0, NOV, False, name) for name in "dbca"], "newest") == list("abcd")


def test_scores_that_differ_by_rounding_only_are_equal() -> None:
    assert order([(0.3, NOV, False, "b"), (0.1 + 0.2, NOV, False, "a")], "relevance") == ["a", "b"]


def test_a_match_carries_what_is_shown_of_it() -> None:
    (match,), _ = answer([[(0.5, None, True, "a")]], "relevance")
    assert match == Match(0, 0.5, None, True)


def test_only_ties_that_reach_the_page_are_looked_up() -> None:
    asked = []
    matches, _ = part([(float(-(n // 2)), NOV, False, str(n)) for n in range(100)], 0)
    page([matches], "relevance", 10, 2, lambda doc: asked.append(doc) or f"{doc:03}")
    assert set(asked) == set(range(10, 20))


def test_the_span_of_days_leaves_undated_articles_out() -> None:
    assert part([(1.0, NOV, False, "a"), (1.0, None, False, "b"), (1.0, DEC, False, "c")], 0)[0].span() == (NOV, DEC)
    assert part([(1.0, None, False, "b")], 0)[0].span() is None


ROWS = st.lists(
    st.tuples(st.sampled_from([0.0, 0.5, 1.0]), st.sampled_from([None, NOV, NOV + 1, DEC]), st.booleans()), max_size=30
).map(lambda rows: [(*row, f"{n:03}") for n, row in enumerate(rows)])


@given(ROWS, st.integers(1, 7), st.sampled_from(SORTS), st.lists(st.integers(0, 2), min_size=30, max_size=30))
def test_pages_partition_the_answer_however_it_is_spread_over_parts(rows, limit, sort, places) -> None:
    naive = {
        "relevance": lambda row: (not row[2], -row[0], 1 if row[1] is None else -row[1], row[3]),
        "newest": lambda row: (1 if row[1] is None else -row[1], not row[2], -row[0], row[3]),
        "oldest": lambda row: (row[1] or 10**9, not row[2], -row[0], row[3]),
    }[sort]
    parts = [[row for row, place in zip(rows, places, strict=False) if place == n] for n in range(3)]
    expected = [row[3] for row in sorted(rows, key=naive)]
    assert answer(parts, sort)[1] == expected
    pages = [answer(parts, sort, limit, number)[1] for number in range(1, len(rows) // limit + 2)]
    assert [name for one in pages for name in one] == expected
