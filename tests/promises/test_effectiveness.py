"""On collections that nothing was tuned on, the ranking is not below the best of the baselines.

The collections are read where NEWS_DATA says, or in `shared` beside the repository.
"""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.effectiveness.__main__ import bench
from benchmarks.effectiveness.archive import build_archive, disagreements, search_all
from benchmarks.effectiveness.collections import REPORTED, NoCollection
from benchmarks.effectiveness.evaluation import evaluate, run
from benchmarks.effectiveness.ranking import TUNED
from benchmarks.effectiveness.report import verdict

pytestmark = pytest.mark.promises


@pytest.fixture(scope="module")
def reported():
    try:
        return bench(REPORTED)
    except NoCollection as missing:
        pytest.skip(str(missing))


def test_the_ranking_meets_its_goal(reported):
    values = {
        name: evaluate(collection, run(ranker, collection, TUNED))
        for name, (collection, ranker) in reported.items()
    }
    good, lines = verdict(values)
    assert good, lines


@pytest.mark.parametrize("name", REPORTED)
def test_real_archives_rank_like_the_model(reported, name, tmp_path):
    collection, ranker = reported[name]
    archive = build_archive(tmp_path, collection)
    try:
        found = search_all(archive, collection)
    finally:
        archive.close()
    assert list(disagreements(collection, ranker, TUNED, found)) == []
