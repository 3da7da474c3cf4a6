"""The numbers of words, two a byte, are read back wherever a list begins or ends."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.codec.arrays import offsets, spread
from indexer.codec.positions import Numbers, NumberWriter
from indexer.errors import ArchiveDamaged
from indexer.storage.directory import FileDirectory
from indexer.storage.section_writer import SectionFileWriter
from indexer.storage.sections import SectionFile

NUMBER = st.one_of(st.integers(0, 16), st.integers(0, 70_000))


def written(folder, parts):
    directory = FileDirectory(folder)
    directory.delete("n")
    out = SectionFileWriter(directory, "TEST", 1)
    writer = NumberWriter(out)
    for part in parts:
        writer.add(np.array(part, np.int64))
    writer.finish()
    out.finish("n", {})
    return SectionFile.open(directory, "n", "TEST", 1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("numbers")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(NUMBER, max_size=9), max_size=5), st.data())
def test_every_stretch_is_read_back(folder, parts, data):
    numbers = Numbers(written(folder, parts))
    whole = [number for part in parts for number in part]
    start = data.draw(st.integers(0, len(whole)))
    stop = data.draw(st.integers(start, len(whole)))
    assert numbers.read(start, stop).tolist() == whole[start:stop]
    bounds = sorted(data.draw(st.lists(st.integers(0, len(whole)), max_size=6)))
    bounds = np.array(bounds[: len(bounds) // 2 * 2], np.int64).reshape(-1, 2)
    starts, counts = bounds[:, 0], bounds[:, 1] - bounds[:, 0]
    expected = np.array(whole, np.int64)[spread(starts, counts)]
    assert numbers.slices(starts, counts).tolist() == expected.tolist()
    assert len(expected) == offsets(counts)[-1]


def test_two_numbers_take_a_byte(folder):
    file = written(folder, [[1], [2, 3, 14, 0]])
    assert file["number"].array().tolist() == [0x21, 0xE3, 0]
    assert not len(file["number.aside.at"])


def test_what_lies_beyond_is_damage(folder):
    numbers = Numbers(written(folder, [[1, 2, 3]]))
    for start, stop in ((0, 5), (3, 2), (9, 9)):
        with pytest.raises(ArchiveDamaged, match="section number"):
            numbers.read(start, stop)
