"""Any text is a query: answered or refused by a limit that it names, in bounded time, and by the laws of logic."""

import random
import shutil
from datetime import date
from pathlib import Path
from time import process_time

import pytest
from fuzzed_queries import fuzzed
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer import Archive, QueryError
from indexer.limits import LIMITS
from indexer.query.lexer import lexemes
from indexer.query.parser import parse

REPO = Path(__file__).resolve().parents[2]
FULL = LIMITS.query_characters


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    root = tmp_path_factory.mktemp("hostile")
    shutil.copytree(REPO / "seeds", root / "seeds")
    archive = Archive(root)
    archive.update()
    return archive


UNITS = ["a", "(", ")", '"', "“", "*", "?", "\\", "~", "^", "-", "=", ":", "NOT ", "a w/5 ", "(a w/5 ", "headline:", "atleast2(", "a~1^2 ", "date:2023 ", '"a"~5', "foo:", "a*b*", "\ud800", "\x00"]


@pytest.mark.parametrize("unit", UNITS)
def test_the_longest_query_takes_bounded_steps(unit: str) -> None:
    query = (unit * FULL)[:FULL]
    start = process_time()
    assert sum(1 for _ in lexemes(query)) <= 2 * FULL
    try:
        parse(query)
    except QueryError as refusal:
        assert str(refusal)
    assert process_time() - start < 1


@given(st.text(min_size=1, max_size=60) | st.lists(st.sampled_from(UNITS), min_size=1, max_size=30).map("".join))
@settings(max_examples=40, deadline=None)
def test_any_longest_query_parses_or_is_refused(piece: str) -> None:
    query = (piece * FULL)[:FULL]
    try:
        parse(query)
    except QueryError as refusal:
        assert str(refusal)


def test_fuzzed_queries_are_answered_or_refused(archive: Archive) -> None:
    answered = 0
    for number in range(300):
        query = fuzzed(random.Random(number))
        start = process_time()
        try:
            archive.search(query)
            answered += 1
        except QueryError as refusal:
            assert str(refusal) and "\n" not in str(refusal)
        assert process_time() - start < 2.5, query
    assert answered > 100


def test_a_query_that_takes_too_long_is_refused_by_name(tmp_path: Path) -> None:
    shutil.copytree(REPO / "seeds", tmp_path / "seeds")
    hasty = Archive(tmp_path, limits=LIMITS._replace(query_seconds=-1.0))
    hasty.update()
    with pytest.raises(QueryError, match="takes longer than -1 seconds"):
        hasty.search("gaza")


def test_pairs_are_limited_by_name(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.search.nearness.MOST_PAIRS", 5)
    with pytest.raises(QueryError, match="more than 5 pairs of words"):
        archive.search("(the w/50 of) w/50 in")


TERMS = st.sampled_from(["gaza", "pause", "=pauses", '"of the"', "paus*", "blinkn~", "gaza w/9 aid", "headline:gaza", "atleast2(gaza)", "since:2023-11", "source:*", "(a OR tokyo)"])


@given(TERMS, TERMS)
@settings(max_examples=40, deadline=None)
def test_the_order_of_operands_does_not_matter(archive: Archive, a: str, b: str) -> None:
    for sign in ("AND", "OR"):
        assert found(archive, f"{a} {sign} {b}") == found(archive, f"{b} {sign} {a}")
    assert found(archive, f"NOT NOT ({a})") == found(archive, a)
    assert archive.count(f"{a} {b}") + archive.count(f"{a} -({b})") == archive.count(a)


def found(archive: Archive, query: str) -> dict[str, float]:
    return {hit.id: pytest.approx(hit.score) for hit in archive.search(query, limit=0, passages=0).hits}


@given(st.lists(st.dates(date(2022, 1, 1), date(2025, 12, 31)), min_size=1, max_size=5, unique=True).map(sorted))
@settings(max_examples=25, deadline=None)
def test_ranges_of_days_divide_the_dated_articles(archive: Archive, cuts: list[date]) -> None:
    days = [date.fromordinal(cut.toordinal() - 1) for cut in cuts]
    ranges = [f"..{days[0]}", *(f"{a}..{b}" for a, b in zip(cuts, days[1:], strict=False)), f"{cuts[-1]}.."]
    assert sum(archive.count(f"date:{one}") for one in ranges) == archive.count("*") - archive.count("date:none")
