"""Newsroom spellings meet, and what is no word is repaired or refused: the searches that other tools get wrong.

Four short articles: a and its wire copy b write US, U.S., G-7, G7 and cease-fire; c writes U.S., G7, ceasefire and
naïve; d writes US and cease-fire.
"""

from collections.abc import Callable

import pytest

from indexer import Archive, DateError

A = (
    " date 2023-11-08 Ministers Of G-7 Ask For Pauses\n"
    "U.S. and Japanese ministers agreed on the words before the G7 met in Tokyo.\n"
    "TOKYO (Harbour Wire) -- The US and Japan will work for “humanitarian pauses” in Gaza, as others ask for a "
    "cease-fire.\n"
)
ARTICLES = {
    "a": A,
    "b": A.replace("2023-11-08", "2023-11-09").replace("Harbour Wire", "Northgate Press"),
    "c": " date 2023-11-10 No Naïve Hopes\nThe U.S. envoy spoke to the G7 before a pause in the talks.\n"
    "Aid that is humanitarian needs a ceasefire in Gaza, she said.\n",
    "d": " date 2024-02-01 Markets Pause After Rally\nStocks in the US stood still on a quiet day of trade.\n"
    "Hopes for a cease-fire near Gaza and humanitarian aid moved oil.\n",
}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    root = tmp_path_factory.mktemp("table")
    (root / "seeds").mkdir()
    for name, text in ARTICLES.items():
        (root / "seeds" / f"{name}.txt").write_text(text, encoding="utf-8")
    archive = Archive(root)
    archive.update()
    return archive


def found(archive: Archive, query: str) -> str:
    hits = archive.search(query, all_copies=True).hits  # b is a wire copy of a
    return "".join(sorted(hit.path.removeprefix("seeds/").removesuffix(".txt") for hit in hits))


@pytest.mark.parametrize(
    ("query", "articles"),
    [
        ("G7", "abc"),
        ("G-7", "abc"),
        ("g-7", "abc"),
        ("Group of Seven", "abc"),
        ("US", "abcd"),
        ("U.S.", "abcd"),
        ("ceasefire", "abcd"),
        ("cease-fire", "abcd"),
        ("cease fire", "abcd"),
        ("naive", "c"),
        ("naïve", "c"),
        ("“humanitarian pauses”", "ab"),
        ("«humanitarian pauses»", "ab"),
        ('"humanitarian pauses"', "ab"),
        ("humanitarian pauses", "abcd"),
        ("(gaza", "abcd"),
        ("date:2023-11", "abc"),
        ('"humanitarian pauses', "ab"),
    ],
)
def test_each_spelling_finds_what_a_reader_means(archive: Archive, query: str, articles: str) -> None:
    assert found(archive, query) == articles


def test_a_misspelt_word_gets_a_suggestion_that_finds_something(archive: Archive) -> None:
    results = archive.search("ceasfire")
    assert results.total == 0
    assert results.advice is not None
    assert results.advice.corrections[0][:2] == ("ceasefire", 4)


def test_what_is_no_date_is_refused(archive: Archive) -> None:
    with pytest.raises(DateError, match="not a date that is understood here"):
        archive.search("date:foo")


def test_capitals_are_not_the_small_word(make_archive: Callable[..., Archive]) -> None:
    archive = make_archive(
        pronoun=" date 2024-01-01 He told us so\nHe told us that it was over, and asked who would go.\nNo more of it.\n",
        country=" date 2024-01-02 US sends aid\nThe WHO asked the IT desk of the US ministry.\nMay it help.\n",
    )
    archive.update()
    for query, expected in [("US", ["country"]), ("WHO", ["country"]), ("IT", ["country"]), ("May", ["country"])]:
        assert [hit.path for hit in archive.search(query).hits] == [f"seeds/{name}.txt" for name in expected]
    assert archive.count("us") == archive.count("who") == archive.count("it") == 2


def test_a_repair_is_said(archive: Archive) -> None:
    assert archive.search("(gaza").notes == ("a bracket was not closed: read as if it ended with the query",)
