"""The planted versions are what their names say, and the labels are pairs of two parts."""

import json
from collections import Counter
from random import Random

import pytest

from benchmarks.copies.__main__ import LABELS, Count, count
from benchmarks.copies.planted import KINDS, Version, versions

STORY = "\n\n".join(f"Paragraph {number} " + " ".join(f"word{number}x{at}" for at in range(30)) for number in range(6))
OTHER = "\n\n".join(f"Other {number} " + " ".join(f"else{number}x{at}" for at in range(30)) for number in range(4))


@pytest.fixture(scope="module")
def made() -> dict[str, Version]:
    return {version.kind: version for version in versions("Headline", STORY, OTHER, Random(3))}


def test_each_kind_is_made_once(made: dict[str, Version]) -> None:
    assert set(made) == set(KINDS)
    assert made["same, other date"].body == STORY


def test_cut_stories_are_beginnings_and_new_versions_hold_the_whole_old_one(made: dict[str, Version]) -> None:
    cut = made["truncation"].body.split()
    assert cut == STORY.split()[: len(cut)]
    assert made["write-through on top"].body.endswith(STORY)
    assert len(made["write-through on top"].body) > len(STORY) + 200
    assert made["follow-up"].body.startswith(OTHER)


def test_a_correction_differs_in_figures_only(made: dict[str, Version]) -> None:
    pairs = list(zip(STORY.split(), made["correction"].body.split(), strict=True))
    changed = [(old, new) for old, new in pairs if old != new]
    assert changed
    assert all(any(map(str.isdigit, old)) and any(map(str.isdigit, new)) for old, new in changed)


def test_precision_and_recall() -> None:
    counted = count([(True, True), (True, True), (False, True), (True, False), (False, False)])
    assert counted == Count(2, 1, 1)
    assert (counted.precision, counted.recall) == (2 / 3, 2 / 3)


def test_labels_are_different_pairs_of_which_each_part_has_many_of_both_kinds() -> None:
    labels = [json.loads(line) for line in LABELS.read_text("utf-8").splitlines()]
    assert len({(label["corpus"], label["a"], label["b"]) for label in labels}) == len(labels)
    assert min(Counter((label["part"], label["copy"]) for label in labels).values()) >= 50
