"""Documents that share a key are found by it."""

import numpy as np
import pytest

from indexer.analysis.shingles import Sketches
from indexer.codec.sketches import KEYS, NONE, DocumentSketches, write_sketches
from indexer.storage.directory import FileDirectory
from indexer.storage.section_writer import SectionFileWriter
from indexer.storage.sections import SectionFile


@pytest.mark.parametrize("n", [0, 1, 5, 300, 3000])
@pytest.mark.parametrize("largest", [60, NONE])
def test_the_holders_of_a_key_are_those_that_have_it(tmp_path, n, largest):
    rng = np.random.default_rng(n)
    keys = np.sort(rng.integers(0, largest, (n, KEYS), dtype=np.uint32), axis=1)
    keys[rng.random(n) < 0.2, 2:] = NONE  # short documents
    out = SectionFileWriter(FileDirectory(tmp_path), "TEST", 1)
    write_sketches(out, Sketches(keys, np.arange(n, dtype=np.uint32)))
    out.finish("s", {})
    sketches = DocumentSketches(SectionFile.open(FileDirectory(tmp_path), "s", "TEST", 1), n)
    asked = np.concatenate((rng.choice(keys.ravel(), 40) if n else [], [NONE, 0, 7])).astype(np.uint32)
    owner, doc = sketches.holders(asked)
    expected = [
        (i, holder) for i, key in enumerate(asked) if key != NONE for holder in np.flatnonzero((keys == key).any(axis=1))
    ]
    assert list(zip(owner.tolist(), doc.tolist(), strict=True)) == expected
    assert all(len(column) == 0 for column in sketches.holders(asked[:0]))
    shared = [any(np.isin(key, np.delete(keys, doc, axis=0)) for key in row if key != NONE) for doc, row in enumerate(keys[:50])]
    assert sketches.share(np.arange(len(shared))).tolist() == shared
