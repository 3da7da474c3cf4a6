"""Are wire copies folded, and nothing else? Run it in the repository: ``python -m benchmarks.copies``.

``labels.jsonl`` names pairs of articles of real corpora, drawn by likeness of their bodies (Jaccard of
shingles of four words) in ten strata before anything was tuned, and says which are copies: those a reader
would want folded. One half of them was for tuning. ``planted`` makes copies and new versions of real texts.
All articles become archives and are searched for: two are folded where they are in one hit.

The data are found by NEWS_DATA or in ``../shared``. The exit code is 1 where the goal is missed: precision
0.95, recall 0.9.
"""

from __future__ import annotations

import gzip
import json
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from benchmarks.copies.planted import Version, versions
from benchmarks.effectiveness.collections import data_folder
from indexer import Archive

LABELS = Path(__file__).with_name("labels.jsonl")
PRECISION, RECALL = 0.95, 0.9
STORIES, LEAST, MOST = 100, 120, 1500  # planted: how many stories, of how many words
EPOCH, APART = date(1900, 1, 1).toordinal(), 30  # when they are dated, and the days between two of them
SOURCES = ("us-gov-posts", "pm-transcripts", "wikinews")


class Count(NamedTuple):
    """Pairs that were rightly folded, wrongly folded, and wrongly not folded."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong or 1)

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed or 1)


def main() -> int:
    labels = [json.loads(line) for line in LABELS.read_text("utf-8").splitlines()]
    heads = {name: folded(articles(name)) for name in sorted({label["corpus"] for label in labels})}
    counts = {}
    for part in ("tuning", "held-out"):
        pairs = [
            (label["copy"], heads[label["corpus"]][label["a"]] == heads[label["corpus"]][label["b"]])
            for label in labels
            if label["part"] == part
        ]
        counts[f"labelled, {part}"] = count(pairs)
    by_kind = planted()
    counts["planted"] = count(pair for pairs in by_kind.values() for pair in pairs)
    print("| pairs | copies | precision | recall |\n|---|--:|--:|--:|")
    for name, one in counts.items():
        print(f"| {name} | {one.right + one.missed} | {one.precision:.3f} | {one.recall:.3f} |")
    print("\n| planted | to be folded | folded | of |\n|---|---|--:|--:|")
    for kind, pairs in by_kind.items():
        wanted = "yes" if pairs[0][0] else "no"
        print(f"| {kind} | {wanted} | {sum(is_folded for _, is_folded in pairs)} | {len(pairs)} |")
    reported = [one for name, one in counts.items() if name != "labelled, tuning"]
    return int(any(one.precision < PRECISION or one.recall < RECALL for one in reported))


def articles(corpus: str) -> list[dict[str, Any]]:
    """Return the articles of a corpus, with days for times."""
    found = []
    for path in sorted((data_folder() / corpus).glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            found += [json.loads(line) for line in lines]
    return [{**article, "date": (article["date"] or "")[:10]} for article in found]


def folded(*files: Iterable[dict[str, Any]]) -> dict[str, str]:
    """Return for the id of each article of some files of seeds that of the hit it is folded into."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "seeds").mkdir()
        (root / "index_data").mkdir()
        for number, found in enumerate(files):
            lines = "".join(f"{json.dumps(one)}\n" for one in found)
            (root / "seeds" / f"{number}.jsonl").write_text(lines, "utf-8")
        archive = Archive(root)
        archive.build()
        hits = archive.search("*", limit=0, passages=0).hits
        return {id: hit.id for hit in hits for id in (hit.id, *hit.copies)}


def planted() -> dict[str, list[tuple[bool, bool]]]:
    """Return by kind whether each version is a copy of its story, and whether it was folded.

    Every story with one version has weeks of its own; versions stand in another file than stories.
    """
    random = Random(1)
    texts = [one for name in SOURCES for one in articles(name)]
    drawn = random.sample([one for one in texts if LEAST <= len(one["body"].split()) <= MOST], 2 * STORIES)
    stories: list[dict[str, Any]] = []
    others: list[dict[str, Any]] = []
    made: list[Version] = []
    for story, other in zip(drawn[:STORIES], drawn[STORIES:], strict=True):
        for version in versions(story["headline"], story["body"], other["body"], random):
            day = EPOCH + APART * len(made)
            stories.append(_seed(f"story{len(made)}", day, story["headline"], story["body"]))
            later = day + version.days_later
            others.append(_seed(f"version{len(made)}", later, version.headline, version.body))
            made.append(version)
    heads = folded(stories, others)
    kinds: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for number, version in enumerate(made):
        kinds[version.kind].append((version.copy, heads[f"story{number}"] == heads[f"version{number}"]))
    return kinds


def _seed(id: str, day: int, headline: str, body: str) -> dict[str, Any]:
    return {"id": id, "date": date.fromordinal(day).isoformat(), "headline": headline, "body": body}


def count(pairs: Iterable[tuple[bool, bool]]) -> Count:
    """Count pairs of whether two articles are copies and whether they are folded."""
    known = list(pairs)
    return Count(known.count((True, True)), known.count((False, True)), known.count((True, False)))


if __name__ == "__main__":
    raise SystemExit(main())
