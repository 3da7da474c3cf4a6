"""The examples in docstrings are what happens, run in an archive of the sample articles."""

import doctest
import importlib
import pkgutil
import shutil
from pathlib import Path

import pytest

import indexer

REPO = Path(__file__).resolve().parents[2]
MODULES = sorted(name for _, name, _ in pkgutil.walk_packages(indexer.__path__, "indexer.") if "__main__" not in name)


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("examples")
    shutil.copytree(REPO / "seeds", root / "seeds")
    (root / "index_data").mkdir()
    return root


def test_every_example_does_what_it_shows(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(samples)
    tried = 0
    for name in MODULES:
        outcome = doctest.testmod(importlib.import_module(name))
        assert outcome.failed == 0, name
        tried += outcome.attempted
    assert tried > 40


def test_the_archive_shows_how_it_is_used() -> None:
    examples = doctest.DocTestFinder().find(indexer.Archive)
    assert sum(len(one.examples) for one in examples) >= 4
