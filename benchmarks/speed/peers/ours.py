"""This project: ``Archive`` as a program uses it, and below it the evaluator with trees made by hand."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.speed.corpus import Article, read
from benchmarks.speed.peers.base import TOP, Answer, Ask, Engine
from benchmarks.speed.queries import NEAR, Query
from indexer import Archive

if TYPE_CHECKING:
    from indexer.query.nodes import Query as Tree
    from indexer.search.collector import Matches
    from indexer.search.evaluator import Evaluator

LARGEST = 512 << 20  # bytes of a seed; one of twice the size is refused
SORTS = {"best": "relevance", "newest": "newest"}


class Ours(Engine):
    name = "indexer"
    processes = 1  # as every other engine here

    def version(self) -> str:
        return "indexer (this repository)"

    @property
    def index(self) -> Path:
        return self.folder / "index_data"

    def prepare(self, articles: Path) -> None:
        for name in ("seeds", "index_data"):
            (self.folder / name).mkdir(parents=True)
        seeds, size = self.folder / "seeds", articles.stat().st_size
        if size <= LARGEST:
            shutil.copy2(articles, seeds)
            return
        with articles.open("rb") as lines:
            for number in range(-(-size // LARGEST)):
                (seeds / f"articles{number or ''}.jsonl").write_bytes(b"".join(lines.readlines(LARGEST)))

    def build(self, articles: Path) -> None:
        Archive(self.folder).update(processes=self.processes)

    def open(self) -> None:
        self.archive = Archive(self.folder)
        self.archive.count("*")

    def bare(self, query: Query) -> Ask | None:
        from indexer.search.collector import page

        snapshot, found = self.evaluator.snapshot, self.found(query)
        if query.want == "count":
            return lambda: Answer(total=_total(found()))
        if query.want == "months":
            starts = _month_starts(snapshot.manifest.first_day or 1, snapshot.manifest.last_day or 1)
            return lambda: Answer(shown=_months(found(), starts))

        def ask() -> Answer:
            matches = page(found(), SORTS[query.want], TOP, 1, snapshot.id)
            stored = snapshot.articles([match.doc for match in matches])
            return Answer(tuple(one.id for one in stored), shown=sum(len(one.body) for one in stored))

        return ask

    def found(self, query: Query) -> Callable[[], list[Matches]]:
        """Return the call that runs the tree of ``query``; scores only where they order the answer."""
        from indexer.query.build import Meaning
        from indexer.query.dates import Period
        from indexer.query.syntax import Everything

        evaluator, tree = self.evaluator, self.tree(query)
        meaning = Meaning("", tree, (tree,), None, (), Everything(), any_word=False)
        period = Period(*query.days) if query.days else None
        return lambda: evaluator.matches(meaning, period, scored=query.want == "best", most=TOP)

    @cached_property
    def evaluator(self) -> Evaluator:
        from indexer.index.reader import open_snapshot
        from indexer.index.schema import fingerprint
        from indexer.search.evaluator import Evaluator
        from indexer.storage import FileDirectory

        name = fingerprint(self.archive.settings.fingerprint())
        return Evaluator(open_snapshot(FileDirectory(self.index), name))

    def tree(self, query: Query) -> Tree:
        """Stems as the analyzer has them, forms for wildcards and misspelt words."""
        from indexer.query import nodes

        word = query.words[0]
        if query.form == "prefix":
            return nodes.Prefix("text_exact", word)
        if query.form == "wildcard":
            return nodes.Wildcard("text_exact", word)
        if query.form == "fuzzy":
            return nodes.FuzzyTerm("text_exact", word, maxdist=1, prefixlength=0)
        stems = [self.archive.analyzer.query_word(word)[0][0] for word in query.words]
        if query.form in ("phrase", "near"):
            return nodes.Phrase("text", stems, slop=1 if query.form == "phrase" else NEAR + 1)
        terms = [nodes.Term("text", stem) for stem in stems]
        if len(terms) == 1:
            return terms[0]
        if query.form == "without":
            return nodes.AndNot(*terms)
        return {"all": nodes.And, "any": nodes.Or}[query.form](terms)

    def whole(self, query: Query) -> Ask | None:
        text = written(query)
        if text is None or query.want == "months":
            return None
        since, until = query.limits or (None, None)
        if query.want == "count":
            return lambda: Answer(total=self.archive.count(text, since=since, until=until))

        def ask() -> Answer:
            results = self.archive.search(text, since=since, until=until, sort=SORTS[query.want])
            passages = [passage.text for hit in results.hits for passage in hit.passages]
            return Answer(tuple(hit.id for hit in results.hits), results.total, sum(map(len, passages)))

        return ask

    def total(self, query: Query) -> int | None:
        text = written(query)
        if text is None:
            return _total(self.found(query)())
        since, until = query.limits or (None, None)
        return self.archive.count(text, since=since, until=until)

    def add(self, articles: Sequence[Article], number: int) -> Callable[[], None]:
        self.write(articles, f"new-{number}.jsonl")
        return self.update

    def write(self, articles: Sequence[Article], name: str) -> None:
        """Put articles at the end of a seed file, which is made where there is none."""
        with (self.folder / "seeds" / name).open("a", encoding="utf-8") as file:
            file.writelines(json.dumps(asdict(one), ensure_ascii=False) + "\n" for one in articles)

    def update(self) -> None:
        Archive(self.folder).update()


class Pair(Ours):
    """The same with both cores."""

    processes = 2


class Files(Ours):
    """The same with a text file for each article, a thousand in a folder."""

    name = "indexer, a file each"

    def prepare(self, articles: Path) -> None:
        for number, article in enumerate(read(articles)):
            file = self.folder / "seeds" / f"{number // 1000:03}" / f"{number:06}.txt"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f" date {article.date} {article.headline}\n\n{article.body}\n", "utf-8")
        (self.folder / "index_data").mkdir(parents=True)


class Growing(Ours):
    """The new articles stand at the end of the one large seed file, all of which has to be read again."""

    name = "indexer, one growing file"

    def add(self, articles: Sequence[Article], number: int) -> Callable[[], None]:
        self.write(articles, "articles.jsonl")
        return self.update


def written(query: Query) -> str | None:
    """Return the query as a reader types it; None where the language has no such thing."""
    return {
        "all": " ".join(query.words),
        "any": " OR ".join(query.words),
        "without": " NOT ".join(query.words),
        "phrase": f'"{" ".join(query.words)}"',
        "prefix": f"{query.words[0]}*",
        "wildcard": query.words[0],
    }.get(query.form)


def _total(found: Sequence[Matches]) -> int:
    return sum(len(one.docs) for one in found)


def _month_starts(first: int, last: int) -> list[int]:
    """Return the first day of every month from that of ``first`` to the one after ``last``, as ordinals."""
    begin, end = (day.year * 12 + day.month - 1 for day in map(date.fromordinal, (first, last)))
    return [date(month // 12, month % 12 + 1, 1).toordinal() for month in range(begin, end + 2)]


def _months(found: Sequence[Matches], starts: Sequence[int]) -> int:
    """Return how many months have articles: documents are in date order, so a month is an interval."""
    import numpy as np

    counts = np.zeros(len(starts) - 1, np.int64)
    for one in found:
        days = one.part.segment.documents.days.array()[: one.part.segment.n_dated]
        edges = np.searchsorted(days, np.array(starts, days.dtype)).astype(one.docs.dtype)
        counts += np.diff(np.searchsorted(one.docs, edges))
    return int(np.count_nonzero(counts))
