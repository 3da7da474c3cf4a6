"""Which forms share a stem."""

import pytest

from indexer.analysis.regional import american
from indexer.analysis.stemming import EXCEPTIONS, LANGUAGES, WordStemmer

ENGLISH = WordStemmer("english")


def stem(form: str) -> str:
    (found,) = ENGLISH.stems(form, form)
    return found


@pytest.mark.parametrize(
    ("british", "american_spelling"),
    [
        ("organisations", "organization"), ("organised", "organize"), ("recognises", "recognized"),
        ("privatisation", "privatization"), ("labour", "labor"), ("neighbouring", "neighbor"),
        ("favourite", "favorite"), ("honourable", "honorable"), ("defence", "defense"), ("centre", "centers"),
        ("centred", "centered"), ("kilometres", "kilometer"), ("theatre", "theaters"), ("programmes", "program"),
        ("travelled", "traveled"), ("cancelled", "canceled"), ("fuelled", "fueled"), ("analysed", "analyze"),
        ("ageing", "aging"), ("sceptical", "skeptical"), ("grey", "gray"), ("manoeuvres", "maneuver"),
        ("paediatric", "pediatric"), ("licence", "license"), ("judgements", "judgment"), ("epicentre", "epicenter"),
    ],
)  # fmt: skip
def test_british_and_american_spellings_share_a_stem(british: str, american_spelling: str) -> None:
    assert stem(british) == stem(american_spelling)


@pytest.mark.parametrize(
    "word",
    ["promised", "surprising", "advertise", "exercises", "enterprise", "franchise", "raised", "rising", "crisis", "this", "four", "hour", "tour", "your", "court", "source", "acre", "genre", "more", "were", "there", "fire", "france", "liaise", "paris", "prism", "islamist", "televised", "supervisor"],
)
def test_other_words_keep_their_spelling(word: str) -> None:
    assert american(word) == word


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("important", "imports"), ("business", "busy"), ("hospital", "hospitality"), ("several", "severe"),
        ("news", "new"), ("policy", "police"), ("university", "universe"), ("organ", "organization"),
        ("corps", "corpse"), ("transition", "transit"), ("conversion", "conversation"), ("hamas", "hama"),
    ],
)  # fmt: skip
def test_words_that_news_keeps_apart_have_stems_of_their_own(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_an_exception_never_takes_a_stem_that_other_words_have() -> None:
    """Else parting two words would join a third."""
    exceptions = EXCEPTIONS["english"]
    by_rule = {ENGLISH._stem(form): form for form in exceptions}
    for form, own in exceptions.items():
        assert own not in by_rule or exceptions[by_rule[own]] == own, (form, own)


def test_accents_help_the_stemmer_and_are_not_needed_by_the_reader() -> None:
    spanish = WordStemmer("spanish")
    text = spanish.stems("comunicacion", "comunicación")
    assert spanish.stems("comunicaciones", "comunicaciones")[0] in text
    assert spanish.stems("comunicacion", "comunicacion")[0] in text


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_every_language_stems_without_fail(language: str) -> None:
    stemmer = WordStemmer(language)
    for raw in ("a", "Élections", "Привет", "كتاب", "हिन्दी", "straße", "ǅ", "2024", "x" * 60):
        found = stemmer.stems(raw.lower(), raw)
        assert 1 <= len(found) <= 2
        assert all(found)
