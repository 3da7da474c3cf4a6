"""Records of JSON files become articles, or are refused with the line and the key at fault."""

import gzip
import json
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.documents.article import Article
from indexer.documents.formats import gunzip, json_lines, parse, record_fields, records
from indexer.documents.record import record
from indexer.documents.refusal import Refusal
from indexer.limits import Limits

FULL = {
    "id": "x-1",
    "date": "2023-11-08T10:00:00+09:00",
    "headline": "Bank Keeps\nRate",
    "summary": " It did  so again. ",
    "source": "Agency",
    "body": "\n\nOne.\r\n\r\nTwo.\n",
}


def read(path: str, content: bytes | str) -> list[Article | Refusal]:
    data = content.encode() if isinstance(content, str) else content
    return [found if isinstance(found, Refusal) else parse(path, found) for found in records(path, data)]


def one(**fields: object) -> Article | Refusal:
    (found,) = read("a.jsonl", json.dumps(fields))
    return found


def headlines(found: list[Article | Refusal]) -> list[tuple[int, str]]:
    return [(item.line, item.headline if isinstance(item, Article) else item.reason) for item in found]


def test_every_key_finds_its_place() -> None:
    article = one(**FULL)
    assert isinstance(article, Article)
    assert (article.id, article.own_id, article.day) == ("x-1", True, 738832)
    assert (article.headline, article.summary, article.source) == ("Bank Keeps Rate", "It did so again.", "Agency")
    assert article.body == "One.\n\nTwo."
    assert dict(article.rules) == {part: f"key {part}" for part in ("date", "headline", "summary", "source", "id")}


def test_other_names_of_a_key_count_where_the_first_is_empty() -> None:
    article = one(headline=" ", title="T", body="", text="B", id=17)
    assert isinstance(article, Article)
    assert (article.headline, article.body, article.id, article.own_id) == ("T", "B", "17", True)


def test_a_body_may_be_a_list_of_paragraphs() -> None:
    article = one(body=["One.", "Two."])
    assert isinstance(article, Article)
    assert (article.headline, article.body) == ("", "One.\n\nTwo.")


def test_without_a_key_source_a_dateline_names_it() -> None:
    article = one(headline="H", body="By A B\n\nLONDON (Reuters) - Shares")
    assert isinstance(article, Article)
    assert (article.source, dict(article.rules)["source"]) == ("Reuters", "dateline")


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        (None, "undated: no key date"),
        ("", "undated: no key date"),
        ("yesterday", "undated: the key date holds no date: yesterday"),
        ("2023-11-31", "undated: 2023-11-31 is not a day of the calendar"),
        ("11/08/2023", "undated: 11/08/2023 may be either of two days: write YYYY-MM-DD"),
    ],
)
def test_a_date_that_cannot_be_read_leaves_the_article_undated(value: object, rule: str) -> None:
    article = one(headline="H", date=value)
    assert isinstance(article, Article)
    assert (article.day, dict(article.rules)["date"]) == (None, rule)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({}, "no text: neither headline nor body"),
        ({"summary": "S", "date": "2023-11-08"}, "no text: neither headline nor body"),
        ({"headline": " ", "body": ["", "\n"]}, "no text: neither headline nor body"),
        ({"headline": 1}, "headline is a number, not text"),
        ({"title": ["a"]}, "title is a list, not text"),
        ({"headline": "H", "summary": {"a": 1}}, "summary is an object, not text"),
        ({"headline": "H", "source": True}, "source is true or false, not text"),
        ({"headline": "H", "body": 1.5}, "body is a number, not text"),
        ({"headline": "H", "body": ["a", 1]}, "body is a list that holds something other than text"),
        ({"headline": "H", "text": {}}, "text is an object, not text"),
        ({"headline": "H", "date": 1699401600}, "date is a number, not text: write YYYY-MM-DD"),
        ({"headline": "H", "id": 1.5}, "id is neither text nor a whole number"),
        ({"headline": "H", "id": "a\nb"}, "id has a control character in it"),
        ({"headline": "H", "id": "x" * 256}, "id is longer than 255 bytes"),
    ],
)
def test_a_wrong_type_is_refused_by_the_name_of_its_key(fields: dict[str, object], reason: str) -> None:
    assert one(**fields) == Refusal("a.jsonl", 1, reason)


def test_half_characters_are_replaced() -> None:
    article = one(headline="\ud83d alone, \ud83d\ude00 whole", body=["\udc00"])
    assert isinstance(article, Article)
    assert (article.headline, article.body) == ("\ufffd alone, \U0001f600 whole", "\ufffd")


HALVES = st.text(st.sampled_from(["\ud83d", "\ude00", "\ud800", "\udfff", "a", "é", "“", "\n", " "]), max_size=6)
VALUES = st.one_of(HALVES, st.lists(HALVES, max_size=3), st.none(), st.lists(st.lists(HALVES, max_size=1), max_size=2))


@given(st.dictionaries(st.sampled_from([*FULL, "title", "text", "other", "\ud83d"]), VALUES), st.booleans())
def test_an_article_is_whole_characters_whatever_its_record_holds(fields: dict[str, object], ascii: bool) -> None:
    content = json.dumps(fields, ensure_ascii=ascii).encode("utf-8", "surrogatepass")
    for found in read("a.jsonl", content) + read("a.json", content):
        if isinstance(found, Article):
            whole = "".join((found.id, found.headline, found.summary, found.source or "", found.body))
            assert not any("\ud800" <= letter <= "\udfff" for letter in whole)


@given(st.text(st.sampled_from('{}[]":,\\ \n\tau0123.-eNIfrlsd\ufeff'), max_size=12) | st.text(max_size=6))
def test_the_short_way_to_decode_is_the_decoder_s(text: str) -> None:
    def outcome(decode: Callable[[str], object]) -> str:
        try:
            return repr(decode(text))
        except ValueError as error:
            return str(error)

    assert outcome(record_fields._decoded) == outcome(json.JSONDecoder().decode)


def test_each_line_stands_for_itself() -> None:
    content = '{"title": "A"}\n\n  \r\nnonsense\n[1]\n{"title": "B"}\r\n{"title": "C"\n{"title": }'
    assert headlines(read("a.jsonl", content)) == [
        (1, "A"),
        (4, "not a JSON object"),
        (5, "not a JSON object"),
        (6, "B"),
        (7, "not JSON: the line does not end with }"),
        (8, "not JSON: expecting value, column 11"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"])
def test_lines_may_have_any_of_the_usual_encodings(encoding: str) -> None:
    content = '{"title": "‘A’"}\n{"title": "B"}\n'.encode(encoding)
    assert headlines(read("a.jsonl", content)) == [(1, "‘A’"), (2, "B")]


def test_old_newlines_part_lines_too() -> None:
    assert headlines(read("a.ndjson", '{"title": "A"}\r{"title": "B"}')) == [(1, "A"), (2, "B")]


def test_numbers_and_nesting_beyond_reason_are_refused() -> None:
    assert headlines(read("a.jsonl", '{"id": ' + "9" * 5000 + "}")) == [(1, "not JSON: a number with too many digits")]
    assert headlines(read("a.jsonl", '{"a":' + "[" * 100_000 + "}")) == [(1, "not JSON that can be read: nested too deeply")]
    assert headlines(read("a.json", "[" * 100_000)) == [(1, "not JSON that can be read: nested too deeply")]


@pytest.mark.parametrize("path", ["a.jsonl.gz", "a.ndjson.gz", "A.JSONL.GZ", "a.jsonl"])
def test_packed_lines_are_unpacked(path: str) -> None:
    content = gzip.compress(b'{"title": "A"}\n\n') + gzip.compress(b'{"title": "B"}\n{"tit') + gzip.compress(b'le": "C"}')
    assert headlines(read(path, content + b"\0" * 512)) == [(1, "A"), (3, "B"), (4, "C")]


def test_lines_before_a_cut_are_kept_and_the_cut_line_is_not() -> None:
    lines = "".join(json.dumps({"title": str(n), "body": str(hash(n) * 7919 % 10**9) * 20}) + "\n" for n in range(2000))
    packed = gzip.compress(lines.encode())
    found = read("a.jsonl.gz", packed[: len(packed) // 2])
    *articles, refusal = found
    assert len(articles) > 500
    assert [item.headline for item in articles if isinstance(item, Article)] == [str(n) for n in range(len(articles))]
    assert refusal == Refusal("a.jsonl.gz", len(articles) + 1, "the gzip data ends too early; the rest is lost")


def test_damaged_packing_is_refused_where_it_is() -> None:
    packed = bytearray(gzip.compress(b'{"title": "A"}\n'))
    packed[-8] ^= 1  # the checksum
    assert headlines(read("a.jsonl.gz", bytes(packed))) == [(0, "damaged gzip data from here on")]
    assert headlines(read("a.jsonl.gz", b"\x1f\x8bnot really")) == [(0, "damaged gzip data from here on")]


def test_a_bomb_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gunzip, "FREE_BYTES", 1 << 20)
    packed = gzip.compress(b'{"title": "A"}\n' + b" \n" * (6 << 20))
    kept, refusal = headlines(read("a.jsonl.gz", packed))
    assert kept == (1, "A")
    assert refusal[1] == f"unpacks to more than {len(packed) * 100 >> 20} MiB"


def test_a_line_beyond_the_limit_is_refused_and_the_next_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_lines, "LIMITS", Limits(seed_bytes=100))
    lines = [json.dumps({"title": "x" * (length - 13)}) for length in (99, 100, 101, 1000, 50)]
    assert [len(line) for line in lines] == [99, 100, 101, 1000, 50]
    content = "\n".join(lines).encode()
    for packed in (content, gzip.compress(content)):
        found = read("a.jsonl.gz", packed)
        assert [isinstance(item, Article) for item in found] == [True, True, False, False, True]


def test_a_file_that_is_something_else_is_given_up_after_a_thousand_refusals() -> None:
    good = '{"title": "A"}'
    *refused, last = headlines(read("a.jsonl", f"{good}\n" + "A line of prose.\n" * 1500 + good))
    assert (refused[0], len(refused)) == ((1, "A"), 1001)
    assert last == (1002, "1,000 lines in a row that are not records: the rest is not read")
    *refused, last = headlines(read("a.json", "[" + "1,\n" * 1500 + good + "]"))
    assert len(refused) == 1000
    assert last == (1000, "1,000 elements in a row that are not objects: the rest is not read")
    assert headlines(read("a.jsonl", f"prose\n{good}\n" * 1500))[-1] == (3000, "A")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('{"title": "A"}', [(1, "A")]),
        ('\n\n{"title":\n"A"}\n', [(3, "A")]),
        ('[{"title": "A"},\n\n{"title": "B"}]', [(1, "A"), (3, "B")]),
        ('{"meta": {"items": 3},\n"articles": [\n{"title": "A"},\n{"title": "B"}\n], "n": 2}', [(3, "A"), (4, "B")]),
        ('{"results": [{"title": "A"}]}', [(1, "A")]),
        ('{"documents": [{"title": "A"}]}', [(1, "A")]),
        ('{"items": [{"title": "picture"}],\n"headline": "A"}', [(1, "A")]),
        ('{"items": [], "title": ""}', [(0, "an empty list")]),
        ('{"title": "A"}\n{"title": "B"}\n', [(1, "A"), (2, "B")]),
        ('{"items": [{"title": "A"}], "results": []}', [(1, "more than one list of articles: items, results")]),
        ("[]", [(0, "an empty list")]),
        ("", [(0, "empty")]),
        ("{}", [(1, "no text: neither headline nor body")]),
        ('["A",\n{"title": "B"}]', [(1, "not a JSON object"), (2, "B")]),
        ('"A"', [(1, "no JSON object or array")]),
        ('{"title": "A"}\n[]', [(1, "A"), (2, "not JSON: only objects may follow")]),
        ('[{"title": "A"},\n{"title": "B"', [(1, "A"), (2, "not JSON: expecting ',' delimiter, column 14")]),
        ('[{"title": "A"}\n{"title": "B"}]', [(1, "A"), (2, "not JSON: ',' expected")]),
        ('{"articles": [{"title": "A"},\nnull', [(1, "A"), (2, "not a JSON object"), (2, "not JSON: ',' expected")]),
        ('{"title": "A"} and more', [(1, "A"), (1, "not JSON: only objects may follow")]),
        ('{1: "A"}', [(1, "not JSON: a key that is not text")]),
        ('{"title" "A"}', [(1, "not JSON: ':' expected")]),
        ("[", [(1, "not JSON: expecting value, column 2")]),
    ],
)
def test_articles_are_found_in_a_document_with_their_lines(content: str, expected: list[tuple[int, str]]) -> None:
    assert headlines(read("a.json", content)) == expected


def test_a_record_that_is_no_object_is_refused() -> None:
    assert parse("a.jsonl", record(3, b"[1]")) == Refusal("a.jsonl", 3, "not a JSON object")


def test_a_refused_name_is_refused_here_too() -> None:
    assert read("folder/a.pdf", b"text") == [Refusal("folder/a.pdf", 0, "not a text format (.pdf)")]


keys = st.sampled_from(["id", "date", "headline", "title", "summary", "body", "text", "source", "articles", "items", "x"])
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8) | st.just("2023-11-08"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=8,
)


@settings(max_examples=80)
@given(st.lists(values, max_size=4), st.integers(0, 400))
def test_no_json_upsets_it_whole_or_cut(items: list[object], cut: int) -> None:
    lines = "\n".join(map(json.dumps, items)).encode()
    for path, content in (
        ("a.jsonl", lines),
        ("a.json", json.dumps(items, indent=1).encode()),
        ("a.json", json.dumps({"articles": items}).encode()),
        ("a.jsonl.gz", gzip.compress(lines)),
    ):
        for part in (content, content[:cut]):
            for item in read(path, part):
                assert item.path == path
                if isinstance(item, Article):
                    "".join((item.id, item.headline, item.summary, item.source or "", item.body)).encode()
                    assert item.headline or item.body


@settings(max_examples=50)
@given(st.lists(st.dictionaries(keys, values, max_size=3), min_size=1, max_size=5), st.sampled_from([None, 1]))
def test_a_document_holds_the_articles_that_its_elements_are_line_by_line(items: list[object], indent: int | None) -> None:
    document = read("a.json", json.dumps(items, indent=indent))
    lines = read("a.jsonl", "\n".join(map(json.dumps, items)))
    assert [content(item) for item in document] == [content(item) for item in lines]


def content(item: Article | Refusal) -> object:
    return item.reason if isinstance(item, Refusal) else (item.headline, item.summary, item.body, item.day, item.source)


@given(st.binary(max_size=120), st.sampled_from(["a.jsonl", "a.json", "a.jsonl.gz", "a.txt", "a"]))
def test_no_bytes_upset_it(content: bytes, path: str) -> None:
    for item in read(path, content) + read(path, gzip.compress(content)) + read(path, b'{"title": "' + content + b'"}'):
        assert isinstance(item, Article | Refusal)


@given(st.binary(min_size=1, max_size=60), st.integers(0, 100))
def test_packed_bytes_come_back_in_any_number_of_members(content: bytes, at: int) -> None:
    packed = gzip.compress(content[:at]) + gzip.compress(content[at:])
    assert b"".join(gunzip.pieces(packed)) == content
    assert zlib.decompress(packed, 31) == content[:at]
