"""Promise: every hit shows why it was found, and all its words where two sentences can."""

from itertools import groupby
from pathlib import Path
from shutil import copytree

import pytest

from benchmarks.passages.__main__ import archive_of, search_all
from benchmarks.passages.sampler import draw
from benchmarks.speed.corpus import REAL, real
from indexer import Archive

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
LEAST = 0.95


def test_passages_of_the_sample_articles_hold_what_was_asked_for(tmp_path: Path) -> None:
    copytree(SEEDS, tmp_path / "seeds")
    archive = Archive(tmp_path)
    archive.update()
    texts = [file.read_text(encoding="utf-8").partition("\n")[2] for file in sorted(SEEDS.glob("*.txt"))]
    faults, counts = search_all(archive, draw(texts, 1, 150))
    assert not faults
    assert counts["hits"] > 300
    assert counts["covered"] >= LEAST * counts["possible"]


@pytest.mark.promises
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("corpus", [name.partition("/")[0] for name in REAL])
def test_passages_of_real_articles_hold_what_was_asked_for(shared: Path, tmp_path: Path, corpus: str) -> None:
    by_corpus = groupby(real(shared), key=lambda article: article.id.rpartition("-")[0])
    articles = next(list(group) for name, group in by_corpus if name == corpus)
    archive = archive_of(articles, tmp_path)
    faults, counts = search_all(archive, draw([article.body for article in articles], 2, 200))
    assert not faults
    assert counts["covered"] >= LEAST * counts["possible"]
