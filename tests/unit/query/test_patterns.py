"""A pattern means what its stars and question marks say, in time that does not explode."""

import re
from fnmatch import fnmatchcase
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.query.patterns import bytes_expression, literal_head, text_expression

TEXTS = st.text(alphabet="abé東.*?\\[", max_size=8)


def matches(pattern: str, text: str) -> bool:
    found = re.fullmatch(text_expression(pattern), text, re.DOTALL) is not None
    in_bytes = re.fullmatch(bytes_expression(pattern), text.encode()) is not None
    assert in_bytes == found
    return found


@given(st.text(alphabet="ab*?é.", max_size=8), TEXTS)
def test_a_pattern_matches_as_in_a_shell(pattern: str, text: str) -> None:
    assert matches(pattern, text) == fnmatchcase(text, pattern)


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [("wom?n", "women", True), ("wom?n", "womn", False), ("a*a", "a", False), ("*", "", True), ("ab*bc", "abc", False), ("[a]", "a", False), ("[a]", "[a]", True)],
)
def test_letters_between_the_signs_stand_for_themselves(pattern: str, text: str, expected: bool) -> None:
    assert matches(pattern, text) is expected


def test_many_stars_take_no_more_than_linear_time_each() -> None:
    start = process_time()
    for pattern in ("*a" * 60 + "b", "a*" * 60 + "b", "?*" * 60 + "b", "*a?" * 40 + "b"):
        assert not matches(pattern, "a" * 250)
    assert process_time() - start < 1


def test_the_head_of_a_pattern_is_what_it_begins_with() -> None:
    assert [literal_head(pattern) for pattern in ("ab*c", "?a", "ab", "")] == ["ab", "", "ab", ""]
