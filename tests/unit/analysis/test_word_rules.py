"""How a single chunk of text becomes terms."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.analysis.analyzer import Analyzer
from indexer.analysis.settings import Settings
from indexer.analysis.stemming import LANGUAGES
from indexer.analysis.tokenizer import chunks
from indexer.analysis.words import plain_core
from indexer.limits import LIMITS

ANALYZER = Analyzer()
ANALYZERS: dict[str, Analyzer] = {}  # by language
SPECIAL = ("US", "US's", "x" * 64, "é", "a1", "1980's", "e-mail", "we're", "O'Neill", "0" * 64, "U.S")


def forms(text: str) -> list[set[str]]:
    """The forms at each position."""
    return _by_position(text, "form")


def stems(text: str) -> list[set[str]]:
    """The stems at each position."""
    return _by_position(text, "stem")


def _by_position(text: str, field: str) -> list[set[str]]:
    found: dict[int, set[str]] = {}
    for token in ANALYZER.tokens(text):
        found.setdefault(token.position, set()).add(getattr(token, field))
    assert sorted(found) == list(range(len(found))), "positions have no holes"
    return [terms - {""} for _, terms in sorted(found.items())]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("U.S.", [{"us", "US"}]),
        ("US", [{"us", "US"}]),
        ("Us", [{"us"}]),
        ("us", [{"us"}]),
        ("u.s.", [{"us", "US"}]),
        ("U.N.", [{"un", "UN"}]),
        ("NATO", [{"nato"}]),
        ("a.m.", [{"am"}]),
        ("A.M.", [{"am", "AM"}]),
        ("p.m", [{"pm"}]),
        ("e.g.", [{"eg"}]),
        ("Ph.D.", [{"phd"}]),
        ("B.Sc.", [{"bsc"}]),
        ("J.P.Morgan", [{"jp"}, {"morgan"}]),
        ("U.S.Steel", [{"us", "US"}, {"steel"}]),
        ("is.I", [{"is"}, {"i"}]),
        ("Dr.No", [{"dr"}, {"no"}]),
        ("end.Next", [{"end"}, {"next"}]),
        ("example.com", [{"example"}, {"com"}]),
    ],
)
def test_points_join_letters_and_part_words(text: str, expected: list[set[str]]) -> None:
    assert forms(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cease-fire", [{"cease", "fire", "ceasefire", "cease-fire"}]),
        ("G-7", [{"g7"}]),
        ("e-mail", [{"email"}]),
        ("X-rays", [{"xrays"}]),
        ("COVID-19", [{"covid", "19", "covid19", "covid-19"}]),
        ("U.S.-led", [{"us", "US", "led", "usled", "us-led"}]),
        ("US-led", [{"us", "US", "led", "usled", "us-led"}]),
        ("non-U.S.", [{"non", "us", "US", "nonus", "non-us"}]),
        ("Israel-Hamas", [{"israel", "hamas", "israelhamas", "israel-hamas"}]),
        ("19-year-old", [{"19", "year", "old", "19yearold", "19-year-old"}]),
        ("vitamin-D-rich", [{"vitamin", "d", "rich", "vitamindrich", "vitamin-d-rich"}]),
        ("2023-24", [{"2023"}, {"24"}]),
        ("737-800", [{"737"}, {"800"}]),
        ("a--b", [{"a"}, {"b"}]),
        ("a–b", [{"a"}, {"b"}]),
        ("a—b", [{"a"}, {"b"}]),
        ("cease\u2010fire", [{"cease", "fire", "ceasefire", "cease-fire"}]),
        ("cease\u2011fire", [{"cease", "fire", "ceasefire", "cease-fire"}]),
        ("-fire-", [{"fire"}]),
        ("minis-\nters", [{"minis"}, {"ters"}]),
        ("a-b-c-d-e-f-g", [{c} for c in "abcdefg"]),
    ],
)
def test_hyphens(text: str, expected: list[set[str]]) -> None:
    assert forms(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kamikawa's", [{"kamikawa"}]),
        ("Kamikawa’s", [{"kamikawa"}]),
        ("KAMIKAWA'S", [{"kamikawa"}]),
        ("ministers’", [{"ministers"}]),
        ("U.S.'s", [{"us", "US"}]),
        ("WHO's", [{"who", "WHO"}]),
        ("don't", [{"dont"}]),
        ("don’t", [{"dont"}]),
        ("we're", [{"we", "we're"}]),
        ("I'll", [{"i", "i'll"}]),
        ("we've", [{"we", "weve"}]),
        ("it's", [{"it"}]),
        ("O'Neill", [{"oneill", "neill"}]),
        ("O‘Neill’s", [{"oneill", "neill"}]),
        ("d’Estaing", [{"destaing", "estaing"}]),
        ("Xi'an", [{"xian"}]),
        ("Qa'ida", [{"qaida"}]),
        ("1980's", [{"1980s"}]),
        ("'90s", [{"90s"}]),
        ("rock'n'roll", [{"rocknroll"}]),
        ("‘quoted’", [{"quoted"}]),
        ("“quoted”", [{"quoted"}]),
        ("end.'Next", [{"end"}, {"next"}]),
    ],
)
def test_apostrophes_and_quotes(text: str, expected: list[set[str]]) -> None:
    assert forms(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,000", ["1000"]),
        ("1,00,000", ["100000"]),
        ("1,234,567.89", ["1234567.89"]),
        ("$2.5 billion", ["2.5", "billion"]),
        ("2.5bn", ["2.5bn"]),
        ("3.5%", ["3.5"]),
        (".5", ["5"]),
        ("1,2,3", ["1", "2", "3"]),
        ("11,08", ["11", "08"]),
        ("word,1,000", ["word", "1000"]),
        ("10.0.1", ["10", "0", "1"]),
        ("8.11.2023", ["8", "11", "2023"]),
        ("9/11", ["9", "11"]),
        ("10:30", ["10", "30"]),
        ("2½", ["2", "1", "2"]),
        ("CO₂", ["co2"]),
        ("２０２３", ["2023"]),
        ("٢٠٢٣", ["2023"]),
        ("२०२३", ["2023"]),
        ("20th", ["20th"]),
        ("F-16s", ["f16s"]),
        ("S&P 500", ["sp", "500"]),
        ("AT&T's", ["att"]),
        ("Barnes&Noble", ["barnes", "noble"]),
        ("#MeToo", ["metoo"]),
        ("@name_of", ["name", "of"]),
        ("C++", ["c"]),
        ("user@example.com", ["user", "example", "com"]),
    ],
)
def test_numbers_and_signs(text: str, expected: list[str]) -> None:
    assert forms(text) == [{form} for form in expected]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("naïve", "naive"),
        ("nai\u0308ve", "naive"),
        ("Ærø", "aero"),
        ("Łódź", "lodz"),
        ("Straße", "strasse"),
        ("STRASSE", "strasse"),
        ("İstanbul", "istanbul"),
        ("ısparta", "isparta"),
        ("œuvre", "oeuvre"),
        ("Þór", "thor"),
        ("ﬁnance", "finance"),
        ("ＦＵＬＬ", "full"),
        ("co\xadoperate", "cooperate"),
        ("zero\u200bwidth", "zerowidth"),
        ("\ufeffstart\u2060", "start"),
        ("Microsoft™", "microsoft"),
        ("ёлка", "елка"),
        ("за\u0301мок", "замок"),
        ("йод", "йод"),
        ("Ѓорче", "ѓорче"),
        ("Ἀθήνα", "αθηνα"),
        ("ΟΔΟΣ", "οδοσ"),
        ("القُدْسَ", "القدس"),
        ("القـــدس", "القدس"),
        ("أحمد", "احمد"),
        ("שָׁלוֹם", "שלום"),
        ("हिन्दी", "हिन्दी"),
        ("ʿAbbās", "abbas"),
    ],
)
def test_letters_that_readers_write_without_marks(text: str, form: str) -> None:
    assert form in forms(text)[0]
    assert len(forms(text)) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("東京で会議", ["東京", "京で", "で会", "会議"]),
        ("日", ["日"]),
        ("東京2020年", ["東京", "2020", "年"]),
        ("서울에서", ["서울", "울에", "에서"]),
        ("カ\u3099", ["ガ"]),
        ("ﾄｳｷｮｳ", ["トウ", "ウキ", "キョ", "ョウ"]),
        ("東京。会議", ["東京", "会議"]),
    ],
)
def test_scripts_without_spaces_are_pairs_of_letters(text: str, expected: list[str]) -> None:
    assert forms(text) == [{form} for form in expected]


def test_offsets_lead_back_to_the_text() -> None:
    text = "The U.S.-led “cease-fire”: O’Neill’s naïve plan."
    spans = {text[t.start : t.end] for t in ANALYZER.tokens(text)}
    assert {
        "U.S",
        "U.S.-led",
        "led",
        "cease-fire",
        "cease",
        "fire",
        "O’Neill",
        "Neill",
        "naïve",
        "plan",
    } <= spans


def test_positions_go_on_from_the_one_given() -> None:
    tokens = ANALYZER.tokens("one two-way three", position=100)
    assert {t.form: t.position for t in tokens} == {
        "one": 100, "two": 101, "way": 101, "twoway": 101, "two-way": 101, "three": 102,
    }  # fmt: skip


def test_no_stem_and_no_form_stands_twice_at_one_position() -> None:
    tokens = ANALYZER.tokens("bye-bye US-US election-elections")
    for field in ("stem", "form"):
        terms = [(t.position, getattr(t, field)) for t in tokens if getattr(t, field)]
        assert len(terms) == len(set(terms))


def test_stems_unite_forms_and_numbers_stay_whole() -> None:
    assert stems("election elected elects") == [{"elect"}] * 3
    assert stems("F-16s")[0] == stems("F16")[0] == {"f16"}
    assert stems("1980s") == [{"1980s"}]
    assert stems("US") == [{"us", "US"}]


def test_long_words_are_cut_to_the_limit_of_the_index() -> None:
    for letter in ("a", "й", "𐍈"):
        (token,) = ANALYZER.tokens(letter * 1000)
        assert (token.start, token.end) == (0, 1000)
        assert 0 < len(token.form.encode()) <= LIMITS.term_bytes
        assert len(token.stem.encode()) <= LIMITS.term_bytes
        assert ANALYZER.query_word(letter * 1000) == ((token.stem,),)
        assert ANALYZER.query_word(letter * 1000, exact=True) == ((token.form,),)


def test_a_text_without_words_has_no_tokens() -> None:
    assert ANALYZER.tokens("") == []
    assert ANALYZER.tokens("— … !? \u0301 \u200b \ud800 ’ -- ' ½"[:-1]) == []


@pytest.mark.parametrize(
    "chunk",
    [
        *("word", "Word", "WORD", "us", "Us", "a", "I", "NATO", "women", "x" * 63, "7", "2023", "0" * 63),
        *("woman's", "Lee’s", "organisations", "favourites", "centres", "programmes", "s's", *SPECIAL),
    ],
)
def test_the_short_way_for_plain_words_reads_as_the_rules_do(chunk: str) -> None:
    assert ANALYZER.read(chunk) == ANALYZER._read(chunk)
    assert bool(plain_core(chunk)) == (chunk not in SPECIAL)


@pytest.mark.parametrize("language", sorted(LANGUAGES))
@given(st.from_regex(r"\A[A-Za-z]{1,12}('s|’s)?\Z|\A[0-9]{1,9}('s)?\Z") | st.text(max_size=12))
@settings(max_examples=25, deadline=None)
def test_the_short_way_reads_as_the_rules_do_whatever_the_word_and_language(language: str, text: str) -> None:
    analyzer = ANALYZERS.setdefault(language, Analyzer(Settings(language)))
    read = list(dict.fromkeys(chunk for _, chunk in chunks(text)))
    by_rules = [analyzer._read(chunk) for chunk in read]
    assert [analyzer.read(chunk) for chunk in read] == by_rules
    plain, stems, forms = analyzer.read_plain(read)
    expected = [analysis for analysis, is_plain in zip(by_rules, plain, strict=True) if is_plain]
    found = [((0, len(form), 1, stem, form),) for stem, form in zip(stems, forms, strict=True)]
    assert found == expected
