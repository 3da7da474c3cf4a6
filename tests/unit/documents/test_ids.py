"""Ids stay the same as long as the article is the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.documents.article import Article
from indexer.documents.formats import Record, parse, records
from indexer.documents.identity import own_id, path_id, record_id
from indexer.documents.refusal import Refused

LINE = b'{"headline": "A", "body": "B"}'


def ids(path: str, content: bytes) -> list[str]:
    found = []
    seen: dict[int, int] = {}
    for record in records(path, content):
        assert isinstance(record, Record)
        article = parse(path, record, seen.setdefault(record.digest, 0))
        seen[record.digest] += 1
        assert isinstance(article, Article)
        found.append(article.id)
    return found


def test_an_edited_text_keeps_its_id() -> None:
    assert ids("a.txt", b"One") == ids("a.txt", b"Two\nlines")


def test_ids_are_fixed_for_good() -> None:
    """An index outlives the release that wrote it: these may never change."""
    assert ids("a.txt", b"One") == ["c90efc5142c899d5"]
    assert ids("a.jsonl", LINE) == ["8469bdf4d6815248"]


def test_equal_records_have_ids_of_their_own() -> None:
    first, second, third = ids("a.jsonl", LINE + b"\n" + LINE + b"\n\n" + LINE)
    assert len({first, second, third}) == 3


def test_a_record_keeps_its_id_when_others_come_and_go() -> None:
    assert ids("a.jsonl", LINE)[0] == ids("a.jsonl", b'{"title": "New"}\n' + LINE)[1]


def test_the_same_record_in_another_file_is_another_article() -> None:
    assert ids("a.jsonl", LINE) != ids("b.jsonl", LINE)


@pytest.mark.parametrize(("value", "expected"), [("a-1", "a-1"), (" x ", "x"), (7, "7"), (-3, "-3"), (None, ""), ("", ""), (" ", "")])
def test_a_document_brings_its_own_id(value: object, expected: str) -> None:
    assert own_id(value) == expected


@pytest.mark.parametrize("value", [True, 1.5, [1], {"a": 1}, "a\nb", "a\x1b[2J", "a\x85b", "\u2028x\u2028x", "\ud800", "x" * 256, "é" * 128])
def test_what_cannot_be_an_id_is_refused(value: object) -> None:
    with pytest.raises(Refused, match=r"^id "):
        own_id(value)


@pytest.mark.parametrize("value", ["x" * 255, "é" * 127])
def test_an_id_of_255_bytes_is_the_longest(value: str) -> None:
    assert own_id(value) == value


@given(st.text(max_size=30), st.integers(0, 2**64 - 1), st.integers(0, 2**40))
def test_ids_are_sixteen_hex_digits(path: str, digest: int, occurrence: int) -> None:
    path = path.encode("utf-8", "replace").decode()
    for identity in (path_id(path), record_id(path, digest, occurrence)):
        assert len(identity) == 16
        assert int(identity, 16) < 2**64
