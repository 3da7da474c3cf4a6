"""A phrase is found wherever it stands, and scored as its words are."""

import json
from pathlib import Path

import pytest

from indexer import Archive
from indexer.codec.positions import PAGE

FAR = PAGE - 1  # words before the first word of a far phrase; the second is on the next page of positions


@pytest.fixture(params=["near", "far"])
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Archive:
    """Three articles with a phrase at the beginning, across the page and behind it; two with its words apart."""
    filling = ["filling"] * (FAR if request.param == "far" else 30)
    bodies = {
        "begin": ["pause", "deal", *filling],
        "across": [*filling, "pause", "deal", "word"],
        "behind": [*filling, *["word"] * 9, "pause", "deal"],
        "apart": ["deal", *filling, "word", "pause"],
        "turned": [*filling, "deal", "pause"],
    }
    (tmp_path / "seeds").mkdir()
    rows = [{"id": id, "date": "2023-11-08", "headline": "", "body": " ".join(words)} for id, words in bodies.items()]
    (tmp_path / "seeds" / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))
    archive = Archive(tmp_path)
    archive.update()
    return archive


@pytest.mark.parametrize("query", ['"pause deal"', "pause pre/1 deal"])
def test_a_phrase_is_found_wherever_it_stands(archive: Archive, query: str) -> None:
    assert {hit.id for hit in archive.search(query, all_copies=True).hits} == {"begin", "across", "behind"}


def test_a_phrase_is_scored_as_its_words_are(archive: Archive) -> None:
    words = {hit.id: hit.score for hit in archive.search("pause deal", all_copies=True).hits}
    for hit in archive.search("pause pre/1 deal", all_copies=True).hits:
        assert hit.score == pytest.approx(words[hit.id])
