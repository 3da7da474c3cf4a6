"""Every sign of the query language, from the command line to the marks: an article shows what was asked for."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer import Archive, QueryError
from indexer.search.results import Hit

REPO = Path(__file__).resolve().parents[2]
ARTICLES = {
    "one": """ date 2023-11-08 Japan Seeks Pauses In Gaza Fighting
Ministers agreed on a pause. Aid is to reach Gaza.
TOKYO (Harbour Wire) -- Japan asked for humanitarian pauses in Gaza. Nobody objected to aid on Oct. 7 in the hall.
A pause, Mr. Ito said, is short. The U.S. said that the pause would let aid into the Gaza Strip within days.
The cease-fire came late, and the oil-producing states stayed away. A second ceasefire came in December.
""",
    "two": """ date 2024-02-01 Markets Wrap: Stocks Pause After Rally
Aid for Ukraine is in doubt.
(Reuters) -- Stocks paused. Blinken spoke of Gaza at noon, and in the evening of oil.
""",
    "three": """An undated note
Nothing is said of it.
(Reuters) -- Blinkin paused in Cairo.
""",
}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    root = tmp_path_factory.mktemp("language")
    (root / "seeds" / "2024").mkdir(parents=True)
    for name, text in ARTICLES.items():
        folder = root / "seeds" / ("2024" if name == "two" else "")
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    archive = Archive(root)
    archive.update()
    return archive


def names(archive: Archive, query: str) -> list[str]:
    return sorted(Path(hit.path).stem for hit in archive.search(query).hits)


def marked(archive: Archive, query: str) -> list[str]:
    """What is marked in the first hit: headline, summary, passages."""
    return list(marks_of(archive.search(query, passages=None).hits[0]))


def marks_of(hit: Hit) -> Iterator[str]:
    texts = [(hit.headline, hit.headline_marks), (hit.summary, hit.summary_marks)]
    for text, marks in chain(texts, ((passage.text, passage.marks) for passage in hit.passages)):
        yield from (text[start:end] for start, end in marks)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("gaza w/5 aid", "one"),
        ("aid w/2 gaza", ""),
        ("(aid OR nobody) w/5 gaza", "one"),
        ("aid pre/5 gaza", "one"),
        ("hall pre/50 objected", ""),
        ("oil w/1 producing", "one"),
        ("oil pre/1 producing", "one"),
        ("producing pre/1 oil", ""),
        ("cease pre/1 fire", "one"),
        ("pause w/3 pause", ""),
        ("pause w/12 pause", "one"),
        ("tokyo w/100 markets", ""),
        ('"gaza pauses"~2', "one"),
        ('"pauses gaza"~1', ""),
        ('"pauses in gaza"~2', "one"),
        ("aid w/s gaza", "one"),
        ("hall w/s gaza", ""),
        ("hall w/p gaza", "one"),
        ("hall w/p strip", ""),
        ("gaza w/s oil", "two"),
        ("atleast2(pause)", "one two"),
        ("atleast5(pause)", "one"),
        ("atleast6(pause)", ""),
        ("atleast2(paused OR stocks)", "one two"),
        ('"humanit* paus*"', "one"),
        ('"pauses * gaza"', "one"),
        ('"humanitarian * gaza"', ""),
        ('"humanitarian * pauses"', ""),
        ('"humanitarian * * gaza"', "one"),
        ('"* pauses *"', "one"),
        ('"humanit* gaza"~3', "one"),
        ("blinkn~", "three two"),
        ("blinkn~1 gaza", "two"),
        ("stcks~2", "one two"),
        ("headline:pause", "one two"),
        ("headline:gaza", "one"),
        ("headline:(pause -gaza)", "two"),
        ("summary:aid", "one two"),
        ("lead:tokyo", "one"),
        ("lead:strip", ""),
        ("body:markets", ""),
        ("lead:(aid w/5 gaza)", "one"),
        ("headline:(pause w/5 gaza)", "one"),
        ("source:reuters", "three two"),
        ("source:REUT*", "three two"),
        ('source:"harbour  wire"', "one"),
        ("source:WIRE", "one"),
        ("source:harb", ""),
        ("source:arbour", ""),
        ("source:(reuters OR dpa) gaza", "two"),
        ("-source:reuters", "one"),
        ("path:2024/", "two"),
        ("path:seeds/2024", "two"),
        ("path:*t*.txt", "three two"),
        ("date:none", "three"),
        ("date:2023-11", "one"),
        ("date:2023-11..2024-02", "one two"),
        ("since:2024", "two"),
        ("until:2023 gaza", "one"),
        ("gaza -date:2023", "two"),
        ("pause OR date:none", "one three two"),
        ("*", "one three two"),
        ("* -gaza", "three"),
    ],
)
def test_every_sign_chooses_its_articles(archive: Archive, query: str, expected: str) -> None:
    assert names(archive, query) == expected.split()


def test_an_id_is_found_by_its_beginning(archive: Archive) -> None:
    hit = archive.search("ukraine").hits[0]
    assert names(archive, f"id:{hit.id[:5]}") == ["two"]
    assert archive.count(f"gaza -id:{hit.id}") == 1


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("aid w/5 gaza", ["Aid", "Gaza", "Gaza", "aid", "aid", "Gaza"]),
        ("aid w/3 gaza", ["aid", "Gaza"]),
        ("headline:pause", ["Pauses"]),
        ("summary:(pause gaza)", ["pause", "Gaza"]),
        ("body:japan", ["Japan"]),
        ("hall w/s nobody", ["Nobody", "hall"]),
        ("strip w/s gaza", ["Gaza", "Strip"]),
        ("strip w/p short", ["short", "Strip"]),
        ('"pauses gaza"~2', ["Pauses", "Gaza", "pauses", "Gaza"]),
        ('"humanit* paus*"', ["humanitarian", "pauses"]),
        ("atleast2(december OR hall)", ["hall", "December"]),
        ("oil pre/1 producing", ["oil-producing"]),
        ("strip w/3 within december", ["Strip", "within", "December"]),
        ("ukraine OR (hall w/2 gaza)", ["Ukraine"]),
        ('lead:"humanitarian pauses" w/3 gaza', ["humanitarian pauses", "Gaza"]),
    ],
)
def test_only_what_stands_as_it_was_asked_for_is_marked(archive: Archive, query: str, expected: list[str]) -> None:
    assert marked(archive, query) == expected


def test_reading_an_article_marks_the_same(archive: Archive) -> None:
    hit = archive.search("strip").hits[0]
    reading = archive.read(hit.id, "short w/p gaza")
    found = [passage.text[start:end] for passage in reading.paragraphs for start, end in passage.marks]
    assert found == ["short", "Gaza"]


def test_a_boost_moves_an_article_forward(archive: Archive) -> None:
    assert archive.search("ukraine OR cairo^20").hits[0].path.endswith("three.txt")
    assert archive.search("ukraine^20 OR cairo").hits[0].path.endswith("two.txt")
    double = archive.search("cairo^2").hits[0].score
    assert double == pytest.approx(2 * archive.search("cairo").hits[0].score)


def test_dates_and_fields_say_nothing_of_how_good_an_article_is(archive: Archive) -> None:
    plain = archive.search("ukraine").hits[0].score
    assert archive.search("ukraine date:2024 source:reuters path:2024").hits[0].score == pytest.approx(plain)
    assert [hit.score for hit in archive.search("date:2024").hits] == [0.0]


def test_a_mistake_in_the_query_is_pointed_at(archive: Archive) -> None:
    with pytest.raises(QueryError) as refusal:
        archive.search("gaza date:2023-02-30")
    assert refusal.value.column == 10


WORDS = ["gaza", "pause", "the", "=pauses", '"of the"', "minist*", "said~", "(aid OR pause)", '"in the"~5']
TREES = st.recursive(
    st.sampled_from(WORDS),
    lambda inner: st.builds(
        "({} {} {})".format, inner, st.sampled_from(["w/5", "w/40", "pre/9", "w/s", "w/p", "OR", "AND"]), inner
    )
    | st.builds("{}({})".format, st.sampled_from(["atleast2", "headline:", "summary:", "lead:", "body:"]), inner),
    max_leaves=4,
)


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    root = tmp_path_factory.mktemp("samples")
    (root / "index_data").mkdir()
    (root / "seeds").symlink_to(REPO / "seeds")
    archive = Archive(root)
    archive.update()
    return archive


@given(TREES)
@settings(max_examples=60, deadline=None)
def test_every_hit_shows_a_mark(samples: Archive, query: str) -> None:
    for hit in samples.search(query, limit=0).hits:
        assert list(marks_of(hit)), (query, hit.path)


def test_the_sample_archive_is_not_written_to(samples: Archive) -> None:
    assert samples.count("*") >= 60


