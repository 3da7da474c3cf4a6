"""What is docs/format.md made of? Docstrings of the modules that write each structure, and an example.

python docs/assemble_format.py > docs/format.md
"""

import sys
import tempfile
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from indexer.codec.builder import SegmentBuilder
from indexer.codec.segment import Segment
from indexer.codec.sentence_table import Sentence
from indexer.codec.vocabulary import Vocabulary
from indexer.storage.directory import FileDirectory

MODULES = {
    "Sectioned files": "indexer.storage.sections",
    "A segment": "indexer.codec.segment",
    "Exceptions kept aside": "indexer.codec.aside",
    "Dictionaries": "indexer.codec.terms",
    "Families": "indexer.codec.families",
    "Postings": "indexer.codec.postings",
    "Pages": "indexer.codec.pages",
    "Dense lists": "indexer.codec.dense",
    "Counts of forms": "indexer.codec.form_counts",
    "Positions": "indexer.codec.positions",
    "Impacts": "indexer.codec.impact",
    "Documents": "indexer.codec.documents",
    "Keywords": "indexer.codec.keywords",
    "Text": "indexer.codec.stored",
    "Sentences": "indexer.codec.sentence_table",
    "Sketches": "indexer.codec.sketches",
}
DICTIONARIES = {f"{name}.text" for name in ("stem", "form", "id", "path", "source")}
INTRODUCTION = """\
# The format of a segment

A segment is one immutable file that holds everything the search knows about some articles. This page is put
together by `docs/assemble_format.py` from the docstrings of the modules that write and read each structure;
a test compares it with them, and rebuilds the worked example at the end byte for byte.

All numbers are little-endian. In the tables, `u1 u2 u4 u8` are unsigned integers of so many bytes, `u` is
the narrowest of them that holds all items, and `[n]` says how many items there are. `aside` is the
structure of that name.

Benefits: one file to map, little to unpack but text; a stem is one contiguous slice of each array; a date
range is an interval of documents; opening reads a few kilobytes whatever the size. Downsides: a segment is
never changed, so deletions live beside it and space returns only when it is merged; lists are hardly
compressed, so a segment is larger than it could be.
"""
EXAMPLE = """\
## A worked example

Three articles, with the tokens written as position, stem and form:

| day | headline | body | tokens |
|---|---|---|---|
{articles}

In the segment the dated articles come first, by day: documents 0, 1 and 2 are `c`, `a` and `b`. These are its
sections, in the order of the file, each with its type, its items, and its bytes in hex:

| section | type | items | bytes |
|---|---|---|---|
{sections}

Read the stem `elect`, term 3 of the dictionary and so family 3. `family.posting` says that it has postings
3 and 4, `posting.doc` that these are documents 1 and 2, and `posting.code` that in document 1 it weighs 8
units (once in the headline, 6, once in the body, 2), in a text of 4 tokens. `family.token` says that its
tokens are 3 to 5: `position` has 0 with the bit for a new posting, then 101, then 0 with the bit again. It
is the one family of two words, so `number` has four bits for each of its tokens: 0 is `elected`, 1 is
`elections`, and 0 again. Family 6 is the form `cease-fire`, which has no stem.
"""


class Word(NamedTuple):
    """A token of the example."""

    position: int
    stem: str
    form: str


@dataclass
class Sample:
    """An article of the example."""

    id: str
    day: int | None
    headline: str
    body: str
    headline_words: list[Word]
    body_words: list[Word]
    sentences: list[Sentence]
    own_id: bool = True
    path: str = "a.jsonl"
    line: int = 1
    body_line: int = 1
    summary: str = ""
    source: str | None = None


SAMPLES = [
    Sample(
        "a",
        738_000,
        "Elected",
        "US elections",
        [Word(0, "elect", "elected")],
        [Word(100, "us", "us"), Word(100, "US", "US"), Word(101, "elect", "elections")],
        [Sentence(0, 0, True), Sentence(100, 7, True)],
        source="Wire",
    ),
    Sample("b", None, "", "Elected", [], [Word(0, "elect", "elected")], [Sentence(0, 0, True)]),
    Sample(
        "c",
        737_000,
        "",
        "Cease-fire",
        [],
        [
            Word(0, "ceasefir", "ceasefire"),
            Word(0, "", "cease-fire"),
            Word(0, "ceas", "cease"),
            Word(0, "fire", "fire"),
        ],
        [Sentence(0, 0, True)],
        line=2,
    ),
]


def build_example(folder: Path) -> Segment:
    """Write the segment of the example into ``folder``."""
    directory = FileDirectory(folder)
    builder = SegmentBuilder(directory, Vocabulary())
    for sample in SAMPLES:
        builder.add(sample, (sample.headline_words, [], sample.body_words), sample.sentences)
    builder.finish("example")
    return Segment.open(directory, "example")


def rows_of_articles() -> str:
    rows = []
    for sample in SAMPLES:
        words = "; ".join(
            f"{p} {stem or '-'} {form}" for p, stem, form in sample.headline_words + sample.body_words
        )
        rows.append(f"| {sample.day or 'none'} | {sample.headline} | {sample.body} | {words} |")
    return "\n".join(rows)


def rows_of_sections(segment: Segment) -> str:
    rows = []
    for name in segment.file.names():
        section = segment.file[name]
        items = ", ".join(map(str, section.view().tolist()))
        text = section.view().tobytes().decode("latin-1")
        shown = repr(text) if section.type == "u1" and name in DICTIONARIES else items
        rows.append(f"| `{name}` | {section.type} | {shown} | {section.view().tobytes().hex()} |")
    return "\n".join(rows)


def assemble() -> str:
    """Return the whole page."""
    parts = [INTRODUCTION]
    for title, module in MODULES.items():
        docstring = (import_module(module).__doc__ or "").strip()
        parts.append(f"## {title}\n\n`{module}`: {docstring}\n")
    with tempfile.TemporaryDirectory() as folder:
        segment = build_example(Path(folder))
        parts.append(EXAMPLE.format(articles=rows_of_articles(), sections=rows_of_sections(segment)))
    return "\n".join(parts)


if __name__ == "__main__":
    sys.stdout.write(assemble())
