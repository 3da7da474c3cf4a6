"""What does a snapshot look like to Whoosh?

The schema says of which types our fields are to Whoosh; ``codec.whoosh_codec`` shows it their terms and
postings. Any ``whoosh.query`` runs over the reader, and so do Whoosh's spelling, sorting and grouping.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from whoosh import fields, reading

from indexer.analysis.analyzer import Analyzer
from indexer.analysis.whoosh_analyzer import WordAnalyzer
from indexer.codec.whoosh_codec import IndexSegment
from indexer.index.segments import LiveSegment


def make_schema(analyzer: Analyzer | None = None) -> fields.Schema:
    """Return the schema of ``schema.py`` in Whoosh's types."""
    words = analyzer or Analyzer()
    return fields.Schema(
        id=fields.ID(unique=True, stored=True),
        path=fields.ID(stored=True),
        source=fields.ID(stored=True),
        text=fields.TEXT(WordAnalyzer(words), phrase=True),
        text_exact=fields.TEXT(WordAnalyzer(words, exact=True), phrase=True),
        day=fields.NUMERIC(int, 32, signed=True, stored=True, sortable=True),
    )


def open_reader(segments: Sequence[LiveSegment]) -> reading.IndexReader:
    """Return a Whoosh reader over ``segments``; the document numbers are those of the snapshot."""
    schema = make_schema()
    storage: Any = None  # a segment knows its file
    readers: list[reading.IndexReader] = [
        reading.SegmentReader(storage, schema, IndexSegment(one.segment, one.entry.name, one.entry.deleted))
        for one in segments
    ]
    if not readers:
        return reading.EmptyReader(schema)
    return readers[0] if len(readers) == 1 else reading.MultiReader(readers)
