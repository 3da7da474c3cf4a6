"""Do the sample articles in seeds/ still show what every feature needs to show?"""

import json
import re
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
TEXTS = {
    path.relative_to(SEEDS).as_posix(): path.read_text(encoding="utf-8")
    for path in sorted(SEEDS.rglob("*.txt"))
}
UNDATED = "saint-eloi-des-greves-cafe.txt"
IN_WORDS = "2023-11-08-japan-britain-defence-talks.txt"
LONG = "2024/2024-01-20-the-town-below-the-river.txt"
TOKYO = "2023-11-08-g7-tokyo-pauses.txt"
DATELINE = re.compile(r"^(?:[^()\n]*\S )?\((?P<source>[A-Z][A-Za-z ]+)\) -- \S")
REAL_AGENCIES = re.compile(
    r"\((?:[^()]*\b)?(?:Reuters|Bloomberg|AP|Associated Press|AFP|Agence France-Presse|UPI|PA Media|dpa|Xinhua|Kyodo"
    r"|Jiji|TASS|Tass|ANSA|EFE|Yonhap|BBC|CNN|Guardian|Dow Jones)\b[^()]*\)"
)
COPIES = [
    {TOKYO, "2023-11-08-seven-agree-on-pauses.txt", "2023-11-09-ministers-settle-on-a-word.txt"},
    {"2023-08-15-brightwater-second-quarter.txt", "2023-08-16-brightwater-lifts-outlook.txt"},
    {"2023-09-22-bronze-age-boat.txt", "2023-09-23-sewn-boat-found.txt"},
    {"2024/2024-03-27-baltimore-key-bridge.txt", "2024/2024-03-27-ship-brings-down-bridge.txt"},
]
# Written as in print; each must stand alone, between characters that are no part of a word.
SPELLINGS = """
US|U.S.|us|G-7|G7|Group of Seven|cease-fire|ceasefire|cease fire|Theresa May|May|may|WHO|who|IT|it|AIDS|aids
São Paulo|Zürich|naïve|naive|café|Beyoncé|Türkiye|Côte d’Ivoire|Saint-Éloi-des-Grèves|İskenderun|Sébastien
1,000|1000|$2.5 billion|3.5%|AT&T|S&P 500|COVID-19|F-16s|9/11|T&L|co-operate|cooperate|co-operative
Mr.|Mrs.|Dr.|Prof.|Capt.|Mme.|St.|J. K.|No. 10|a.m.|p.m.|Nov. 8|humanitarian pause|pausing|oil-producing
attacks of Oct. 7. Russia's|in the U.S. It ends|at 3:17 p.m. The road
""".replace("\n", "|").strip("|").split("|")


def lines(name: str) -> list[str]:
    return TEXTS[name].split("\n")


def body(name: str) -> str:
    return "\n".join(lines(name)[2:]).rstrip("\n")


def source(name: str) -> str:
    match = DATELINE.match(lines(name)[2])
    assert match, f"{name}: no dateline"
    return match["source"]


def stands_alone(phrase: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", text) is not None


def holding(phrase: str) -> set[str]:
    return {name for name, text in TEXTS.items() if stands_alone(phrase, text)}


def likeness(one: str, other: str) -> float:
    """Share of the runs of five words that two bodies have in common."""
    runs = []
    for name in (one, other):
        words = re.findall(r"\w+", body(name).lower().replace("’", "'"))
        runs.append({tuple(words[at : at + 5]) for at in range(len(words) - 4)})
    return len(runs[0] & runs[1]) / len(runs[0] | runs[1])


def test_there_are_about_sixty_articles_some_of_them_in_a_folder() -> None:
    assert 60 <= len(TEXTS) <= 64
    assert sum("/" in name for name in TEXTS) >= 5
    assert all(re.fullmatch(r"(?:2024/)?[a-z0-9-]+\.txt", name) for name in TEXTS)


@pytest.mark.parametrize("name", sorted(set(TEXTS) - {UNDATED, IN_WORDS}))
def test_first_line_is_in_the_readers_format(name: str) -> None:
    match = re.fullmatch(r" date (\d{4}-\d\d-\d\d) (\S.*\S)", lines(name)[0])
    assert match
    assert date.fromisoformat(match[1]).year in (2023, 2024)
    assert Path(name).name.startswith(match[1])


def test_one_date_is_in_words_and_one_is_missing() -> None:
    assert lines(IN_WORDS)[0].startswith(" date November 8, 2023 Japan")
    assert "date" not in lines(UNDATED)[0]
    assert not re.search(r"\b20\d\d\b", TEXTS[UNDATED])


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_summary_and_paragraphs_are_one_a_line(name: str) -> None:
    assert all(line == line.strip() and line for line in lines(name)[1:-1])
    assert TEXTS[name].endswith("\n")
    assert not DATELINE.match(lines(name)[1])
    assert body(name).count("\n") >= 3


def test_sources_are_made_up_and_more_than_seven() -> None:
    assert len({source(name) for name in TEXTS}) >= 8
    assert not [name for name, text in TEXTS.items() if REAL_AGENCIES.search(text)]


def test_every_month_of_two_years_has_an_article_and_november_2023_stands_out() -> None:
    months = [Path(name).name[:7] for name in TEXTS if name != UNDATED]
    assert {f"{year}-{month:02}" for year in (2023, 2024) for month in range(1, 13)} == set(months)
    assert max(set(months), key=months.count) == "2023-11"


@pytest.mark.parametrize("phrase", SPELLINGS)
def test_spelling_occurs(phrase: str) -> None:
    assert holding(phrase)


def test_humanitarian_pauses_occur_as_a_phrase_and_apart() -> None:
    exact = holding("humanitarian pauses")
    assert TOKYO in exact
    assert len(exact) >= 4
    apart = [
        name
        for name, text in TEXTS.items()
        if name not in exact and "umanitarian" in text and re.search(r"\b[Pp]aus(e|es|ed|ing)\b", text)
    ]
    assert {IN_WORDS, "2023-11-07-g-7-ministers-gather-in-tokyo.txt"} <= set(apart)
    assert "umanitarian" not in TEXTS["2023-07-27-fed-highest-in-22-years.txt"]
    assert stands_alone("Pause", TEXTS["2023-07-27-fed-highest-in-22-years.txt"])


def test_may_is_a_month_a_woman_and_a_verb_in_one_article() -> None:
    text = TEXTS["2024/2024-03-08-theresa-may-to-stand-down.txt"]
    assert all(stands_alone(phrase, text) for phrase in ("Theresa May", "in May 1997", "may come"))


@pytest.mark.parametrize("group", COPIES, ids=lambda group: min(group)[:24])
def test_wire_copies_are_alike_but_not_the_same(group: set[str]) -> None:
    for one, other in combinations(sorted(group), 2):
        assert 0.65 <= likeness(one, other) < 1
        assert lines(one)[0] != lines(other)[0]
        assert source(one) != source(other)


def test_one_copy_has_a_byline_and_is_cut_short() -> None:
    copy = "2023-11-09-ministers-settle-on-a-word.txt"
    assert lines(copy)[-2].startswith("By Rosa Tellier")
    assert len(body(copy)) < 0.9 * len(body(TOKYO))


def test_only_the_wire_copies_are_alike() -> None:
    alike = {frozenset(pair) for pair in combinations(sorted(TEXTS), 2) if likeness(*pair) >= 0.4}
    assert all(any(pair <= group for group in COPIES) for pair in alike)


def test_a_follow_up_and_a_correction_share_text_with_the_first_report_and_add_facts() -> None:
    assert likeness(TOKYO, "2023-11-10-four-hour-pauses.txt") > 0.03
    first, correction = "2023-10-13-ferry-collision.txt", "2023-10-14-correction-ferry.txt"
    assert likeness(first, correction) > 0.1
    assert "Fourteen people were hurt" in TEXTS[first]
    assert "Eleven people were hurt" in TEXTS[correction]


def test_one_article_is_very_long_and_has_sections() -> None:
    assert 2_500 <= len(body(LONG).split()) <= 3_500
    headings = [line for line in body(LONG).split("\n") if len(line) < 40 and not line.endswith((".", "”", "?"))]
    assert len(headings) >= 10


def test_the_other_articles_are_of_news_length() -> None:
    lengths = [len(body(name).split()) for name in TEXTS if name != LONG]
    assert min(lengths) >= 100
    assert max(lengths) <= 420


def test_one_headline_is_in_capitals() -> None:
    headline = lines("2023-12-27-gale-carrow-bay.txt")[0].removeprefix(" date 2023-12-27 ")
    assert headline == headline.upper()
    assert "GALE SHUTS CARROW BAY" in headline


def test_one_article_has_a_list_of_points() -> None:
    assert sum(line.startswith("• ") for line in lines("2024/2024-11-14-aldermouth-referendum.txt")) >= 5


def test_one_word_occurs_in_a_last_paragraph_only() -> None:
    (name,) = holding("meteorite")
    *before, last = body(name).split("\n")
    assert "meteorite" in last
    assert not any("meteorite" in paragraph for paragraph in before)


def test_quotes_are_curly_in_some_and_straight_in_others_and_end_after_the_stop() -> None:
    assert any("“" in text and '"' not in text for text in TEXTS.values())
    assert any('"' in text and "“" not in text for text in TEXTS.values())
    assert any(re.search(r"\.” [A-Z“]", text) for text in TEXTS.values())


def test_one_file_holds_several_articles() -> None:
    (path,) = SEEDS.rglob("*.jsonl")
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert 4 <= len(records) <= 5
    assert all(set(record) == {"date", "headline", "summary", "body", "source", "id"} for record in records)
    assert len({record["id"] for record in records}) == len(records)
    assert all(date.fromisoformat(record["date"]).year in (2023, 2024) for record in records)
    assert all(DATELINE.match(record["body"]) for record in records)
