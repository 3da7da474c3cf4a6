"""Counts of forms are read as they were written, however large."""

from pathlib import Path

import numpy as np
import pytest

from indexer.codec.form_counts import DOCUMENTS, TOKENS, FormCounts, write_form_counts
from indexer.errors import ArchiveDamaged
from indexer.storage.directory import FileDirectory
from indexer.storage.section_writer import SectionFileWriter
from indexer.storage.sections import SectionFile

COUNTS = np.array([1, 65_534, 65_535, 65_536, 3, 4_000_000_000])


def written(tmp_path: Path, documents: np.ndarray, tokens: np.ndarray) -> SectionFile:
    directory = FileDirectory(tmp_path)
    out = SectionFileWriter(directory, "TEST", 1)
    write_form_counts(out, documents, tokens)
    out.finish("counts", {})
    return SectionFile.open(directory, "counts", "TEST", 1)


def test_counts_are_read_as_they_were_written(tmp_path: Path) -> None:
    file = written(tmp_path, COUNTS, COUNTS[::-1])
    documents, tokens = FormCounts(file, DOCUMENTS, len(COUNTS)), FormCounts(file, TOKENS, len(COUNTS))
    assert documents.all().tolist() == COUNTS.tolist() == [documents.of(form) for form in range(len(COUNTS))]
    assert tokens.all().tolist() == COUNTS[::-1].tolist()
    some = np.array([5, 0, 2, 2])
    assert documents.at(some).tolist() == COUNTS[some].tolist()


def test_counts_that_are_not_there_are_damage(tmp_path: Path) -> None:
    file = written(tmp_path, COUNTS, COUNTS)
    with pytest.raises(ArchiveDamaged, match="one number for each form"):
        FormCounts(file, DOCUMENTS, len(COUNTS) + 1)
    file._sections["form.cf.aside.at"] = ["u8", *file._sections["form.cf.aside.at"][1:2], 0]
    file._sections["form.cf.aside.value"] = ["u4", *file._sections["form.cf.aside.value"][1:2], 0]
    with pytest.raises(ArchiveDamaged, match="aside"):
        FormCounts(file, TOKENS, len(COUNTS)).of(2)
