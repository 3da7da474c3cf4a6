"""Who finds nothing is told why, and only of searches that do find something."""


import pytest

from indexer import Archive
from indexer.query.parser import parse
from indexer.search import expansion
from indexer.search.corrections import corrections
from indexer.search.results import Advice

TEXT = " date {day} A Ceasefire In Gaza\nMinisters of many countries met in Tokyo today.\n{body}\n"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    root = tmp_path_factory.mktemp("advice")
    (root / "seeds").mkdir()
    for n in range(30):
        body = f"Blinken spoke of the Gaza Strip. Number{n:02} was {'rare' if n == 7 else 'common'}."
        body += " Blinkem was misspelt." if n == 3 else ""
        text = TEXT.format(day=f"2023-{11 + n % 2}-{n % 28 + 1:02}", body=body)
        (root / "seeds" / f"{n}.txt").write_text(text if n < 29 else "Undated words stand here\n\nAlone: avalanche.\n")
    archive = Archive(root)
    archive.update()
    return archive


def advice(archive: Archive, query: str, **limits: str) -> Advice:
    found = archive.search(query, **limits).advice
    assert found is not None
    return found


def test_the_word_to_blame_is_shown_by_its_hits(archive: Archive) -> None:
    assert advice(archive, "ceasfire tokyo").words == (("ceasfire", 0), ("tokyo", 29))
    assert advice(archive, "ceasfire").words == ()
    assert advice(archive, "rare w/2 tokyo").words == (("rare w/2 tokyo", 0), ("rare", 1), ("tokyo", 29))
    assert advice(archive, '"gaza tokyo"').words == (('"gaza tokyo"', 0), ("gaza", 29), ("tokyo", 29))
    assert advice(archive, "gaza source:bbc").words == (("gaza", 29), ("source:bbc", 0))


def test_hits_are_those_within_the_dates(archive: Archive) -> None:
    assert advice(archive, "ceasfire tokyo", on="2023-11").words == (("ceasfire", 0), ("tokyo", 15))


@pytest.mark.parametrize(
    ("query", "suggested"),
    [
        ("ceasfire", "ceasefire"),
        ("ceasefrie tokyo", "ceasefire tokyo"),
        ("gazza ceasfire", "gaza ceasefire"),
        ('"gaza stirp"', '"gaza strip"'),
        ("gazastrip tokyo", "gaza strip tokyo"),
        ("headline:ceasfire -tokio", "headline:ceasefire NOT tokio"),
        ("tokio w/5 today", "tokyo w/5 today"),
        ("blinkn OR tokoy", "blinken OR tokyo"),
        ("=Blinkn", "=blinken"),
    ],
)
def test_a_correction_is_a_query_that_finds_something(archive: Archive, query: str, suggested: str) -> None:
    found = advice(archive, query).corrections
    assert found[0].query == suggested
    for suggestion in found:
        assert archive.count(suggestion.query) == suggestion.total > 0


def test_nothing_is_suggested_that_finds_nothing(archive: Archive) -> None:
    assert archive.search("xyzzyx").advice is None
    assert advice(archive, "rare avalanche").corrections == ()
    assert advice(archive, "ceasfire avalanche").corrections == ()


def test_two_spellings_of_the_same_are_suggested_once(archive: Archive) -> None:
    assert len(advice(archive, "ceasfire").corrections) == 1


def test_the_effect_of_the_dates_is_told(archive: Archive) -> None:
    found = advice(archive, "gaza", on="2022").other_dates
    assert found is not None and (found.query, found.total) == ("gaza", 29)
    assert (found.first_day, found.last_day) == archive.search("gaza")[6:8]
    assert advice(archive, "gaza date:2022").other_dates == found
    corrected = advice(archive, "gazza date:2022").other_dates
    assert corrected is not None and corrected.query == "gaza"
    assert advice(archive, "ceasfire").other_dates is None


def test_any_of_the_words_is_counted(archive: Archive) -> None:
    assert advice(archive, "rare avalanche").any_word == 2
    assert advice(archive, "rare avalanche", on="2023-12").any_word == 1
    assert advice(archive, "ceasfire").any_word == 0
    assert archive.search("xyzzyx yzzyxy", any=True).advice == Advice(words=(("xyzzyx", 0), ("yzzyxy", 0)))


def test_few_hits_are_doubted_only_where_far_more_are_near(archive: Archive) -> None:
    results = archive.search("blinkem")
    assert results.total == 1
    assert results.advice is not None
    assert [(one.query, one.total) for one in results.advice.corrections] == [("blinken", 29)]
    assert archive.search("rare").advice is None
    assert archive.search("gaza").advice is None


def test_advice_can_be_left_out(archive: Archive) -> None:
    assert archive.search("ceasfire", advice=False).advice is None


def test_every_suggestion_can_be_typed(archive: Archive) -> None:
    found = advice(archive, '-tokio ("gaza stirp" OR ceasfire)^2 blinkn w/9 of')
    for suggestion in found.corrections:
        assert parse(suggestion.query).notes == ()


@pytest.mark.parametrize("rare", [0, 10**9])
@pytest.mark.parametrize("word, distance", [("blinkem", 1), ("gazza", 2), ("ceasfire", 2), ("é", 1)])
@pytest.mark.parametrize("least", [1, 2, 3, 20])
def test_frequent_words_near_another_are_those_of_all_that_are_frequent(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, rare: int, word: str, distance: int, least: int
) -> None:
    monkeypatch.setattr(expansion, "RARE", rare)
    archive.count("*")
    assert archive._evaluator is not None
    for part in archive._evaluator.parts:
        numbers, off = expansion.near_forms(word, distance, 0, part)
        often = part.segment.form_documents.all()[numbers] >= least
        found = expansion.near_frequent(word, distance, least, part)
        assert [column.tolist() for column in found] == [numbers[often].tolist(), off[often].tolist()]


def test_short_words_and_figures_are_not_guessed_at(archive: Archive) -> None:
    archive.count("*")
    assert archive._evaluator is not None
    parts = archive._evaluator.parts
    assert corrections("ga", parts) == corrections("2024", parts) == corrections("f16s", parts) == []
    assert [one.word for one in corrections("gaz", parts)] == ["gaza"]
    assert corrections("teh", parts) == []  # nobody looks for "the"
