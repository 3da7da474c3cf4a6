"""How do the structures of a segment become its file?"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from indexer.codec.impact import K1, B, Weights, length_table
from indexer.codec.segment import KIND, VERSION
from indexer.storage.section_writer import SectionFileWriter

if TYPE_CHECKING:
    from indexer.codec.documents import DocumentColumns
    from indexer.codec.families import FamilyTable
    from indexer.storage.directory import Directory
    from indexer.storage.section_writer import Fingerprint


class Written(NamedTuple):
    """A finished segment: its file (not yet durable) and how many documents it has."""

    name: str
    documents: int
    fingerprint: Fingerprint


def new_file(directory: Directory) -> SectionFileWriter:
    """Return a writer of a segment's sections."""
    return SectionFileWriter(directory, KIND, VERSION)


def finish_segment(
    out: SectionFileWriter,
    name: str,
    table: FamilyTable,
    columns: DocumentColumns,
    average: float,
    weights: Weights,
) -> Written:
    """Write what is left, the meta data and the file. Raises StorageError."""
    columns.write(out)
    table.write(out)
    n_docs = len(columns.length)
    meta = {
        "documents": n_docs,
        "dated": len(columns.day),
        "stems": len(table.stems),
        "length": int(columns.length.sum()),
        "length_exact": int(columns.length_exact.sum()),
        "weights": {part: getattr(weights, part) for part in Weights._fields},
        "impact": {"k1": K1, "b": B, "average": average},
        "length_bytes": length_table().tolist(),
    }
    return Written(name, n_docs, out.finish(name, meta))
