"""How fast are segments written, merged and opened, and how large are they?

    python -m benchmarks.segments [articles] [seed]

The tokens are ready before the clock starts: analysis is measured elsewhere. The corpus is the synthetic one
of ``benchmarks.stems_and_forms``, with words spelt out so that there is text to store. Rates are by processor
time, as other work may share the machine.
"""

import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.stems_and_forms import Corpus, generate
from indexer.codec.arrays import offsets
from indexer.codec.articles import SentenceArrays, TokenArrays
from indexer.codec.builder import FULL, SegmentBuilder
from indexer.codec.merge import merge
from indexer.codec.segment import Segment
from indexer.codec.vocabulary import Vocabulary
from indexer.storage.directory import FileDirectory

BATCH = 1000
SENTENCE = 20  # words
HEADLINE = 9  # words


@dataclass(slots=True)
class Article:
    """What the builder asks of an article."""

    id: str
    day: int | None
    headline: str
    body: str
    own_id: bool = False
    path: str = "seeds/all.jsonl"
    line: int = 1
    body_line: int = 1
    summary: str = ""
    source: str | None = "Wire"


def spell(corpus: Corpus, seed: int) -> list[str]:
    """A spelling for every form: pronounceable, shorter where frequent, the forms of a family alike."""
    rng = np.random.default_rng(seed)
    syllables = [a + b for a in "bcdfgklmnprstv" for b in ("a", "e", "i", "o", "u", "n", "r")]
    often = np.argsort(-np.bincount(corpus.form, minlength=int(corpus.family[-1])))
    rank = np.empty_like(often)
    rank[often] = np.arange(len(often))
    endings = ["", "s", "ed", "ing", "ion", "er", "ly", "al", "ment"]
    words: list[str] = []
    taken: set[str] = set()
    for stem in range(len(corpus.family) - 1):
        first, end = corpus.family[stem], corpus.family[stem + 1]
        size = 1 + int(np.log10(rank[first:end].min() + 1)) // 2
        root = "".join(syllables[i] for i in rng.integers(0, len(syllables), size))
        while root in taken:
            root += syllables[rng.integers(0, len(syllables))]
        taken.add(root)
        words += [root + (endings[i] if i < len(endings) else f"0{i}") for i in range(end - first)]
    return words


def batches(corpus: Corpus, words: list[str]) -> Iterator[tuple[list[Article], TokenArrays, SentenceArrays]]:
    """Articles in a shuffled order of days, BATCH at a time."""
    rng = np.random.default_rng(3)
    counts = np.bincount(corpus.doc, minlength=corpus.n_docs)
    starts = offsets(counts)
    days = rng.integers(730_000, 739_000, corpus.n_docs)
    spelt = np.array(words, object)
    for low in range(0, corpus.n_docs, BATCH):
        high = min(low + BATCH, corpus.n_docs)
        form = corpus.form[starts[low] : starts[high]]
        text = spelt[form]
        articles = []
        for doc in range(low, high):
            mine = text[starts[doc] - starts[low] : starts[doc + 1] - starts[low]]
            article = Article(f"{doc * 0x9E3779B97F4A7C15 & (1 << 64) - 1:016x}", int(days[doc]), "", "")
            article.headline = " ".join(mine[:HEADLINE])
            article.body = " ".join(mine[HEADLINE:])
            articles.append(article)
        n = counts[low:high]
        head = np.minimum(n, HEADLINE)
        position = np.arange(len(form)) - np.repeat(starts[low:high] - starts[low], n)
        position += np.where(position >= HEADLINE, 200, 0)
        tokens = TokenArrays(form, position, np.stack([head, np.zeros_like(n), n - head], axis=1))
        s = -(-n // SENTENCE)
        at = np.arange(s.sum()) - np.repeat(offsets(s)[:-1], s)
        yield articles, tokens, SentenceArrays(s, at * SENTENCE, at * SENTENCE * 7, at % 3 == 0)


def vocabulary_of(corpus: Corpus, words: list[str]) -> Vocabulary:
    """A vocabulary whose numbers are the corpus's form ids."""
    vocabulary = Vocabulary()
    for stem in range(len(corpus.family) - 1):
        first, end = int(corpus.family[stem]), int(corpus.family[stem + 1])
        for form in range(first, end):
            vocabulary.word(words[first], words[form])
    return vocabulary


def build(
    directory: FileDirectory, corpus: Corpus, words: list[str], vocabulary: Vocabulary
) -> tuple[list[str], int, float]:
    """Write segments of about FULL tokens; their names, the bytes of text, the seconds it took."""
    names: list[str] = []
    text = 0
    seconds = 0.0
    builder = SegmentBuilder(directory, vocabulary)
    for articles, tokens, sentences in batches(corpus, words):
        text += sum(len(article.headline) + len(article.body) for article in articles)
        begun = time.process_time()
        builder.add_bulk(articles, tokens, sentences)
        if builder.n_tokens >= FULL:
            names.append(builder.finish(f"part-{len(names)}").name)
            builder = SegmentBuilder(directory, vocabulary)
        seconds += time.process_time() - begun
    begun = time.process_time()
    if builder.n_docs:
        names.append(builder.finish(f"part-{len(names)}").name)
    return names, text, seconds + time.process_time() - begun


def report_sections(segment: Segment, text: int) -> None:
    sizes = {name: len(segment.file[name]) * int(segment.file[name].type[1]) for name in segment.file.names()}
    for name, size in sorted(sizes.items(), key=lambda item: -item[1])[:14]:
        print(
            f"    {name:22} {segment.file[name].type}  {size / 1e6:8.2f} MB  {size / text:6.3f} of the text"
        )


def opening(directory: FileDirectory, name: str) -> float:
    """The seconds that opening a segment takes, best of 20."""
    times = []
    for _ in range(20):
        begun = time.perf_counter()
        Segment.open(directory, name)
        times.append(time.perf_counter() - begun)
    return min(times)


class Peak:
    """How much memory a piece of work takes at most, where Linux tells, in MB."""

    def __enter__(self) -> "Peak":
        Path("/proc/self/clear_refs").write_text("5")
        self._before = self._status("VmRSS")
        return self

    def __exit__(self, *_: object) -> None:
        self.size = (self._status("VmHWM") - self._before) / 1024

    @staticmethod
    def _status(name: str) -> int:
        lines = Path("/proc/self/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith(name))


def measure(folder: Path, corpus: Corpus, words: list[str]) -> None:
    n_docs, directory = corpus.n_docs, FileDirectory(folder)
    vocabulary = vocabulary_of(corpus, words)
    with Peak() as peak:
        names, text, seconds = build(directory, corpus, words, vocabulary)
    print(f"{n_docs:,} articles, {len(corpus.doc):,} tokens, {text / 1e6:.0f} MB of text")
    rates = f"{n_docs / seconds:,.0f} articles/s, {text / 1e6 / seconds:.0f} MB/s"
    print(f"build: {rates}, {peak.size:,.0f} MB of memory")
    size = sum((directory.path / name).stat().st_size for name in names)
    print(f"{len(names)} segments: {size / 1e6:.0f} MB, {size / text:.3f} of the text")
    begun = time.process_time()
    with Peak() as peak:
        merge(directory, "whole", [(Segment.open(directory, name), ()) for name in names])
    seconds = time.process_time() - begun
    print(f"merge into one: {n_docs / seconds:,.0f} articles/s, {peak.size:,.0f} MB of memory")
    size = (directory.path / "whole").stat().st_size
    print(f"one segment: {size / 1e6:.0f} MB, {size / text:.3f} of the text")
    print(f"open: {opening(directory, 'whole') * 1e3:.3f} ms")
    report_sections(Segment.open(directory, "whole"), text)


def main(n_docs: int = 100_000, seed: int = 1) -> None:
    corpus = generate(n_docs, seed)
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), corpus, spell(corpus, seed))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
