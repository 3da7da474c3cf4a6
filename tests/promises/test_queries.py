"""Promise: whatever somebody types is answered or refused, and nothing hangs."""

import random
import time
from pathlib import Path

import pytest
from fuzzed_queries import fuzzed

from indexer import Archive, QueryError

ARTICLES = 20_000
QUERIES = 10_000
HANGS = 30.0  # seconds: far beyond what the limits of a search allow, on however busy a machine


@pytest.mark.promises
@pytest.mark.timeout(3600)
def test_ten_thousand_queries_on_a_large_archive(tmp_path: Path) -> None:
    chance = random.Random(5)
    words = [f"{a}{b}{c}" for a in "gptsm" for b in ("az", "au", "ri", "or") for c in ("a", "se", "ses", "ning", "x")]
    words += ["the", "of", "in", "and", "gaza", "pause", "pauses", "ceasefire", "tokyo"]
    (tmp_path / "seeds").mkdir()
    with (tmp_path / "seeds" / "all.jsonl").open("w", encoding="utf-8") as file:
        for n in range(ARTICLES):
            text = " ".join(chance.choices(words, [1] * (len(words) - 9) + [20] * 4 + [3] * 5, k=150))
            day = f"202{n % 4}-{n % 12 + 1:02}-{n % 28 + 1:02}"
            file.write(f'{{"headline": "Number {n}", "date": "{day}", "body": "{text}."}}\n')
    archive = Archive(tmp_path)
    archive.update()
    slowest = (0.0, "")
    for number in range(QUERIES):
        query = fuzzed(random.Random(number))
        start = time.perf_counter()
        try:
            archive.search(query)
        except QueryError as refusal:
            assert str(refusal)
        slowest = max(slowest, (time.perf_counter() - start, query))
    print("slowest", slowest)
    assert slowest[0] < HANGS, slowest
