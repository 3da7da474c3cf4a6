"""How ``archive.toml`` decides the reading of words."""

import re

import pytest

from indexer.analysis.analyzer import Analyzer
from indexer.analysis.settings import Settings, SettingsError, load_settings
from indexer.errors import ArchiveError


def test_an_empty_file_means_the_defaults() -> None:
    assert load_settings(b"") == Settings()
    assert load_settings(b"[other]\nkey = 1\n") == Settings()


def test_own_groups_come_after_the_shipped_ones_or_instead_of_them() -> None:
    more = load_settings(b'[synonyms]\ngroups = [["Kyiv", "Kiev"], ["EU", "European Union"]]')
    assert more.synonyms == (*Settings().synonyms, ("Kyiv", "Kiev"), ("EU", "European Union"))
    only = load_settings(b'[synonyms]\ndefaults = false\ngroups = [["EU", "European Union"]]')
    assert only.synonyms == (("EU", "European Union"),)
    assert Analyzer(only).query_word("EU") == (("eu",), ("european", "union"))
    assert Analyzer(only).query_word("G7") == (("g7",),)


def test_the_language_chooses_the_stemmer() -> None:
    german = Analyzer(load_settings(b'\xef\xbb\xbf[analysis]\nlanguage = "german"'))
    assert [t.stem for t in german.tokens("Häuser Haus")] == ["haus", "haus"]
    assert [t.form for t in german.tokens("Häuser Haus")] == ["hauser", "haus"]


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        (b"[analysis", "not valid TOML"),
        (b"\xff", "not valid TOML"),
        (b'[analysis]\nlanguage = "klingon"', "'klingon'; choose one of arabic"),
        (b"[analysis]\nlanguage = 3", "no stemmer for language 3"),
        (b'[analysis]\nlang = "english"', "no setting 'lang'"),
        (b"analysis = 3", "write [analysis] as a table"),
        (b"[synonyms]\ndefaults = 1", "true or false"),
        (b'[synonyms]\ngroups = "a"', "list of lists"),
        (b'[synonyms]\ngroups = ["G7"]', "'G7'"),
        (b'[synonyms]\ngroups = [["G7"]]', "two or more"),
        (b'[synonyms]\ngroups = [["G7", 7]]', "two or more"),
        (b'[synonyms]\ngroups = [["G7", " "]]', "two or more"),
    ],
)
def test_a_file_that_cannot_be_understood_is_refused_in_one_line(toml: bytes, says: str) -> None:
    with pytest.raises(SettingsError, match=re.escape(says)) as caught:
        load_settings(toml)
    assert isinstance(caught.value, ArchiveError)
    assert str(caught.value).startswith("archive.toml")
    assert "\n" not in str(caught.value)


def test_the_fingerprint_follows_the_terms_of_texts_and_nothing_else() -> None:
    plain = Settings().fingerprint()
    assert re.fullmatch("[0-9a-f]{16}", plain)
    assert Settings(synonyms=()).fingerprint() == plain
    assert Settings(language="german").fingerprint() != plain
