"""How long does the analysis of a word take, one by one and in bulk?

    python -m benchmarks.analysis_speed [folder of archives]

Reads ``<archive>/*.jsonl.gz`` from the folder (default: $NEWS_DATA/data, else ../shared/data beside the
repository) and prints nanoseconds a token, best of three, for the per-word path and the bulk path, cold (no
word known) and warm (every word known), with Whoosh's own stemming analyzer beside them.
"""

import gzip
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from whoosh.analysis import StemmingAnalyzer

from indexer.analysis.analyzer import Analyzer
from indexer.analysis.bulk import BulkAnalyzer
from indexer.analysis.joined import Joined
from indexer.codec.vocabulary import Vocabulary

ARCHIVES = ("pm-transcripts", "wikinews", "reuters-21578", "allsides")
BATCH_CHARACTERS = 1 << 20
MOST_CHARACTERS = 30_000_000


def texts_of(folder: Path) -> list[str]:
    """Headlines and bodies, up to a limit."""
    texts: list[str] = []
    size = 0
    for path in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                texts += [record.get("headline") or "", record.get("body") or ""]
                size += len(texts[-1])
                if size > MOST_CHARACTERS:
                    return texts
    return texts


def batches(texts: list[str]) -> Iterator[list[str]]:
    """Texts in batches of about a megabyte."""
    batch: list[str] = []
    size = 0
    for text in texts:
        batch.append(text)
        size += len(text)
        if size > BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def per_word(analyzer: Analyzer, texts: list[str]) -> int:
    """The per-word path; returns the number of tokens."""
    return sum(len(analyzer.tokens(text)) for text in texts)


def in_bulk(analyzer: BulkAnalyzer, texts: list[str]) -> int:
    """The bulk path; returns the number of tokens."""
    return sum(len(analyzer.analyse(Joined(batch)).words) for batch in batches(texts))


def fresh() -> BulkAnalyzer:
    """A bulk path that knows no word."""
    return BulkAnalyzer(Analyzer(), Vocabulary().words)


def best(run: Callable[[], int], repeats: int = 3) -> float:
    """Nanoseconds a token."""
    times = []
    for _ in range(repeats):
        begun = time.perf_counter()
        tokens = run()
        times.append((time.perf_counter() - begun) / max(tokens, 1) * 1e9)
    return min(times)


def main() -> None:
    """Print one line for each archive found."""
    shared = Path(os.environ.get("NEWS_DATA") or Path(__file__).parents[2] / "shared")
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else shared / "data"
    print(f"{'ns a token':16}{'MB':>7}{'tokens':>10}{'chunks':>9}{'word cold':>10}{'warm':>6}"
          f"{'bulk cold':>10}{'warm':>6}{'Whoosh':>8}")  # fmt: skip
    for name in ARCHIVES:
        texts = texts_of(root / name)
        if not texts:
            print(f"{name:16} not here")
            continue
        analyzer, bulk = Analyzer(), fresh()
        cold = best(lambda texts=texts: per_word(Analyzer(), texts), 1)
        bulk_cold = best(lambda texts=texts: in_bulk(fresh(), texts), 2)
        tokens, found = per_word(analyzer, texts), in_bulk(bulk, texts)
        assert tokens == found
        warm = best(lambda texts=texts, analyzer=analyzer: per_word(analyzer, texts))
        bulk_warm = best(lambda texts=texts, bulk=bulk: in_bulk(bulk, texts))
        sample = texts[: len(texts) // 10]
        stock = StemmingAnalyzer()
        whoosh = best(lambda sample=sample, stock=stock: sum(1 for text in sample for _ in stock(text)), 1)
        size = sum(len(text.encode("utf-8", "surrogatepass")) for text in texts) / 1e6
        print(f"{name:16}{size:7.1f}{tokens:10}{bulk.chunks_known:9}{cold:10.0f}{warm:6.0f}"
              f"{bulk_cold:10.0f}{bulk_warm:6.0f}{whoosh:8.0f}")  # fmt: skip


if __name__ == "__main__":
    main()
