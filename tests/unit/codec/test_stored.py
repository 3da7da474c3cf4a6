import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.codec.stored import PIECE, Text, TextWriter
from indexer.storage.directory import FileDirectory
from indexer.storage.section_writer import SectionFileWriter
from indexer.storage.sections import SectionFile


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("text")


def stored(folder, texts):
    directory = FileDirectory(folder)
    directory.delete("t")
    out = SectionFileWriter(directory, "TEST", 1)
    writer = TextWriter(out)
    for text in texts:
        writer.add(text)
    assert writer.n_characters == sum(map(len, texts))
    writer.finish()
    out.finish("t", {})
    return Text(SectionFile.open(directory, "t", "TEST", 1))


TEXTS = st.lists(
    st.builds(lambda text, times: text * times, st.text("aé東😀\ud800\n", max_size=9), st.integers(0, 6000)),
    max_size=5,
)


@settings(max_examples=30, deadline=None)
@given(texts=TEXTS, data=st.data())
def test_every_stretch_of_text_is_read_back(folder, texts, data):
    text = stored(folder, texts)
    whole = "".join(texts)
    assert text.read(0, len(whole)) == whole
    for _ in range(5):
        start = data.draw(st.integers(0, len(whole)))
        stop = data.draw(st.integers(start, len(whole)))
        assert text.read(start, stop) == whole[start:stop]
    assert all(len(text.unpacked(i).encode("utf-8", "surrogatepass")) <= PIECE for i in range(text.n_pieces))


def test_pieces_are_full_and_end_between_characters(folder):
    text = stored(folder, ["東" * 20_000])
    sizes = [len(text.unpacked(i)) for i in range(text.n_pieces)]
    assert sizes == [PIECE // 3] * 3 + [20_000 - 3 * (PIECE // 3)]


def test_only_what_is_read_is_unpacked(folder):
    text = stored(folder, ["x" * (100 * PIECE)])
    assert text.read(50 * PIECE + 5, 50 * PIECE + 9) == "xxxx"
    assert list(text._unpacked) == [50]


def test_few_pieces_are_kept(folder):
    text = stored(folder, ["x" * (100 * PIECE)])
    text.read(0, 100 * PIECE)
    assert len(text._unpacked) == 64


def test_packed_pieces_are_taken_as_they_are(folder):
    one = stored(folder, ["a" * 20_000])
    packed = [(one.packed(i), one.bounds(i)[1] - one.bounds(i)[0]) for i in range(one.n_pieces)]
    directory = FileDirectory(folder)
    directory.delete("u")
    out = SectionFileWriter(directory, "TEST", 1)
    writer = TextWriter(out)
    writer.add("before")
    for piece, size in packed:
        writer.add_packed(piece, size)
    writer.add("after")
    writer.finish()
    out.finish("u", {})
    text = Text(SectionFile.open(directory, "u", "TEST", 1))
    assert text.read(0, 20_011) == "before" + "a" * 20_000 + "after"
    assert text.packed(1) == packed[0][0]
