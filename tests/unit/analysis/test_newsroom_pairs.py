"""Spellings of the same thing meet, in both directions; spellings of different things stay apart.

Nearly all of these spellings stand in real archives: agency wire of 1987, political news of 2007 to 2020,
transcripts of prime ministers, headlines of 2023 and 2024.
"""

import pytest

from indexer.analysis.analyzer import Analyzer

ANALYZER = Analyzer()

MEET = """
    US = U.S.                      U.S.-led = US-led              U.N. = UN
    U.K. = UK                      D.C. = DC                      N.Y. = NY
    L.P. = LP                      U.S.'s = US's                  U.S.-backed = US-backed
    a.m. = am                      p.m. = pm                      i.e. = ie
    G-7 = G7                       G-20 = G20                     M-3 = M3
    F-16 = F16                     F-16s = F-16                   COVID-19 = COVID19
    MH-17 = MH17                   18F's = 18F                    cease-fire = ceasefire
    cease fire = ceasefire         cease-fire = cease fire        airstrikes = air strikes
    airstrike = air strikes        health-care = healthcare       health care = healthcare
    per cent = percent             co-operation = cooperation     co-operate = cooperate
    coöperate = cooperate          re-election = reelection       reëlection = re-election
    pre-tax = pretax               post-war = postwar             long-standing = longstanding
    counter-terrorism = counterterrorism
    south-east = southeast         south east = south-east        e-mail = email
    e-mails = email
    whistle-blowers = whistleblower
    pre-existing = preexisting     well-being = wellbeing         grass-roots = grassroots
    grass roots = grassroots       front-runner = frontrunner     non-profit = nonprofit
    common-sense = commonsense     Viet Nam = Vietnam             task force = task-force
    web site = website             work force = workforce         policy makers = policymakers
    oil-producing = oil producing  Israel-Hamas = Israel–Hamas    al-Qaeda = Al Qaeda
    al-Qaeda = al-Qaida            Al-Aqsa = al-aqsa              O'Rourke = O’Rourke
    O'Rourke = ORourke             Erdogan = Erdoğan              Beyoncé = Beyonce
    naïve = naive                  résumé = resume                São Paulo = Sao Paulo
    Hawai‘i = Hawaii               Sana’a = Sanaa                 Qur'an = Koran
    don't = don’t                  don't = dont                   weren't = weren’t
    government's = government      governments’ = government      Trump’s = Trump's
    president’s = president        AT&T = AT&T's                  9/11 = 9-11
    24/7 = 24-7                    2018-19 = 2018–19              2018/19 = 2018-19
    1980s = 1980's                 1,000 = 1000                   $2.5 = 2.5
    3.5% = 3.5                     Group of Seven = G-7           Group of 20 = G20
    Kyiv = Kiev                    women = woman                  men = man
    children = child               elections = election           Palestinians = Palestinian
    Israelis = Israeli             ministers = minister           countries = country
    pauses = pause                 Hezbollah = Hizbollah          #MeToo = metoo
    ＵＮＨＣＲ = UNHCR                  co\xadalition = coalition      oﬃcials = officials
"""

# The left spelling holds the right one, or writes it so that only the text can tell.
HOLD = """
    COVID-19 > Covid               Israel-Hamas > Hamas           Israel-Hamas > Israel
    Republican-led > Republican    O'Brien > Brien                d’Estaing > Estaing
    S & P > S&P                    Q & A > Q&A                    counter-terrorism > terrorism
    19-year-old > year             U.S.-China > US                U.S.-China > China
"""

APART = """
    US | us                        U.S. | us                      WHO | who
    IT | it                        AIDS | aids                    ICE | ice
    UN | Jong-un                   SALT | salt                    STEM | stem
    SNAP | snap                    PM | 5 pm                      RICO | Puerto Rico
    1.5 | 15                       2,000 | 2.000                  9/11 | 911
    we're | were                   she'll | shell                 I'll | ill
    he'll | hell                   we'd | wed                     2,000 | 2000.5
    G7 | G8                        news | new                     Israeli | Israel
    important | imports            university | universal         organ | organization
    policy | police                general | generate             generic | general
    Russian | Russia               United | units                 majority | major
    authority | authors            business | busy                executive | executions
    Hamas | Hama                   securities | security          according | accord
    Maine | main                   Harris | Harry                 several | severe
    moment-to-moment | momentous
"""


def rows(table: str, sign: str) -> list[tuple[str, str]]:
    """The pairs of a table whose columns stand two or more spaces apart."""
    cells = (cell for line in table.strip().splitlines() for cell in line.strip().split("  ") if cell.strip())
    return [(left.strip(), right.strip()) for left, right in (cell.split(sign) for cell in cells)]


def stands(row: tuple[str, ...], places: list[set[str]]) -> bool:
    """Whether terms stand somewhere at adjacent positions."""
    starts = range(len(places) - len(row) + 1)
    return any(all(term in places[start + i] for i, term in enumerate(row)) for start in starts)


def finds(query: str, text: str, exact: bool = False) -> bool:
    """Whether all the words typed, or what their synonyms say, stand in a text."""
    tokens = ANALYZER.tokens(f"Before {text} after.")
    places: list[set[str]] = [set() for _ in range(tokens[-1].position + 1)]
    for token in tokens:
        places[token.position].add(token.form if exact else token.stem)

    def holds(span: object) -> bool:
        together = bool(span.words) and all(map(holds, span.words))
        return together or any(stands(row, places) for row in span.alternatives)

    return all(map(holds, ANALYZER.query_words(query.split(), exact=exact)))


def finds_phrase(phrase: str, text: str) -> bool:
    """Whether a quoted phrase stands in a text."""
    tokens = ANALYZER.tokens(text)
    places: list[set[str]] = [set() for _ in range(tokens[-1].position + 1)]
    for token in tokens:
        places[token.position].add(token.form)
    return any(stands(row, places) for row in ANALYZER.phrase_alternatives(phrase.split()))


TEXTS = {
    "a": "Japan and the US want a pause, the U.S. said as G-7 ministers met in Tokyo. No cease-fire was discussed. "
    "They spoke of “humanitarian pauses” in the war.",
    "b": "Japan and the US want a pause, the U.S. said as G-7 ministers met. A cease-fire is far. “Humanitarian pauses” "
    "may come.",
    "c": "The U.S. and the G7 called it naïve to expect a ceasefire; any pause must be humanitarian.",
    "d": "The US wants a cease-fire; pauses were humanitarian.",
}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("G7", "abc"), ("G-7", "abc"), ("Group of Seven", "abc"), ("g7", "abc"),
        ("US", "abcd"), ("U.S.", "abcd"), ("u.s.", "abcd"), ("us", "abcd"),
        ("ceasefire", "abcd"), ("cease-fire", "abcd"), ("cease fire", "abcd"), ("CEASEFIRE", "abcd"),
        ("naive", "c"), ("naïve", "c"), ("NAÏVE", "c"), ("humanitarian pauses", "abcd"), ("ceasfire", ""),
    ],
)  # fmt: skip
def test_the_queries_that_no_other_tool_answers(query: str, expected: str) -> None:
    assert "".join(name for name, text in TEXTS.items() if finds(query, text)) == expected


@pytest.mark.parametrize("phrase", ["humanitarian pauses", "Humanitarian Pauses", "HUMANITARIAN PAUSES"])
def test_a_phrase_means_these_words_in_this_form(phrase: str) -> None:
    assert [name for name, text in TEXTS.items() if finds_phrase(phrase, text)] == ["a", "b"]


@pytest.mark.parametrize(("one", "other"), rows(MEET, "="))
def test_spellings_of_one_thing_meet(one: str, other: str) -> None:
    assert finds(one, other)
    assert finds(other, one)


@pytest.mark.parametrize(("text", "query"), rows(HOLD, ">"))
def test_a_part_of_a_word_finds_it(text: str, query: str) -> None:
    assert finds(query, text)


@pytest.mark.parametrize(("one", "other"), rows(APART, "|"))
def test_spellings_of_different_things_stay_apart(one: str, other: str) -> None:
    assert not finds(one, other)


@pytest.mark.parametrize(
    "word", ["US", "WHO", "IT", "AIDS", "ICE", "may", "it", "who", "us", "to be or not to be", "MAY"]
)
def test_no_word_is_too_common_to_be_found(word: str) -> None:
    assert finds(word, word)
    assert finds_phrase(word, word)


def test_a_query_typed_in_capitals_finds_small_letters_too() -> None:
    assert finds("WHO SPEAKS FOR EUROPE", "who speaks for Europe")
    assert not finds("WHO speaks for Europe", "who speaks for Europe")
    assert finds("who speaks for europe", "The WHO speaks for Europe")


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("oil producing countries", "the oil-producing countries"),
        ("oil-producing countries", "oil producing countries"),
        ("US led coalition", "the U.S.-led coalition"),
        ("19 year old man", "a 19-year-old man"),
        ("state of the art", "state-of-the-art"),
        ("long term interest rates", "long-term interest rates"),
        ("the two state solution is dead", "the two-state solution is dead"),
        ("cease fire talks", "ceasefire talks"),
        ("ceasefire talks", "cease fire talks"),
        ("ceasefire talks", "cease-fire talks"),
        ("X ray", "X-ray"),
        ("don’t know", "don't know"),
        ("we're not going", "we’re not going"),
        ("東京都", "東京都知事"),
        ("9/11 attacks", "9-11 attacks"),
        ("S&P 500", "S&P 500"),
        ("U.S. dollar", "US dollar"),
    ],
)
def test_a_phrase_reaches_across_hyphens_and_spellings(phrase: str, text: str) -> None:
    assert finds_phrase(phrase, text)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("humanitarian pause", "humanitarian pauses"),
        ("oil producing", "oil and producing"),
        ("producing oil", "oil-producing"),
        ("we were going", "we're going"),
        ("its", "it's"),
        ("US policy", "policy for us, us policy"),
        ("G7 ministers", "Group of Seven ministers"),
    ],
)
def test_a_phrase_does_not_stand_for_other_words(phrase: str, text: str) -> None:
    assert not finds_phrase(phrase, text)
