"""Bounds of blocks change how much is read for a page, never what stands on it."""

import json
import random

import pytest

from indexer import Archive
from indexer.query.build import build
from indexer.query.parser import parse
from indexer.search import term_list
from indexer.search.collector import page
from indexer.search.evaluator import Evaluator

ARTICLES = 3_000
LONG = (100, 101, 2_000)  # so often the word that the code of a posting cannot say it


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """Articles of many lengths; most have the word, several times."""
    root = tmp_path_factory.mktemp("best")
    (root / "seeds").mkdir()
    chance = random.Random(0)
    with (root / "seeds" / "a.jsonl").open("w") as file:
        for number in range(ARTICLES):
            often = 140 if number in LONG else chance.choice([0, 1, 1, 1, 2, 5])
            words = ["pause"] * often + ["word"] * chance.randrange(60)
            row = {"date": f"2023-{chance.randrange(1, 13):02}-01", "headline": f"h{number}", "body": " ".join(words)}
            file.write(json.dumps(row) + "\n")
    archive = Archive(root)
    archive.update()
    archive.count("*")
    return archive


@pytest.mark.parametrize("drift", [1.0, 1.6, 0.6])
@pytest.mark.parametrize("most", [1, 10, 100])
def test_the_best_by_bounds_are_the_best_of_all(
    archive: Archive, most: int, drift: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(term_list, "FEWEST_BLOCKS", 4)
    monkeypatch.setattr(term_list, "FIRST_BLOCKS", 1)
    assert archive._evaluator is not None
    evaluator = Evaluator(archive._evaluator.snapshot)
    evaluator.statistics.average *= drift  # as if articles since were longer or shorter
    meaning = build("pause", parse("pause"), archive.analyzer)
    bounded, whole = evaluator.matches(meaning, None, most=most), evaluator.matches(meaning, None)
    assert [len(one.docs) for one in bounded] == [len(one.docs) for one in whole]
    assert most > 2 or drift > 1 or bounded[0].best is not None
    identify = evaluator.snapshot.id
    assert page(bounded, "relevance", most, 1, identify) == page(whole, "relevance", most, 1, identify)


def test_of_a_long_list_few_blocks_are_scored(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(term_list, "FEWEST_BLOCKS", 4)
    monkeypatch.setattr(term_list, "FIRST_BLOCKS", 1)
    assert archive._evaluator is not None
    evaluator = Evaluator(archive._evaluator.snapshot)
    (one,) = evaluator.parts
    words = one.term("text", "paus")
    assert words is not None
    best = words.best(1, evaluator.statistics, 1.0)
    assert best is not None
    assert len(best[0]) < len(words) / 2
