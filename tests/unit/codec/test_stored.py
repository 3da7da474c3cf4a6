import random
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.codec import stored as storing
from indexer.codec.frames import MOST, Packer, Unpacker, train
from indexer.codec.stored import ENOUGH, PIECE, Packed, Text, TextWriter
from indexer.errors import ArchiveDamaged
from indexer.storage.directory import FileDirectory
from indexer.storage.section_writer import SectionFileWriter
from indexer.storage.sections import SectionFile


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("text")


@pytest.fixture
def eager(monkeypatch):
    """A dictionary for little text, made before most of it is there."""
    monkeypatch.setattr(storing, "LEAST", 20_000)
    monkeypatch.setattr(storing, "SAMPLED", 40_000)
    monkeypatch.setattr(storing, "SHARE", 8)


def stored(folder, texts, known=None):
    out, writer = writing(folder, "t", known)
    for text in texts:
        writer.add(text)
    assert writer.n_characters == sum(map(len, texts))
    return finished(folder, out, writer, "t")


def writing(folder, name, known=None):
    directory = FileDirectory(folder)
    directory.delete(name)
    out = SectionFileWriter(directory, "TEST", 1)
    return out, TextWriter(out, known)


def finished(folder, out, writer, name):
    writer.finish()
    out.finish(name, {})
    return Text(SectionFile.open(FileDirectory(folder), name, "TEST", 1))


def articles(n, seed=1):
    """Texts that have words in common."""
    rng = random.Random(seed)
    words = ["".join(rng.choices("abcdefghij", k=rng.randrange(4, 12))) for _ in range(500)]
    return [" ".join(rng.choices(words, k=rng.randrange(150))) for _ in range(n)]


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


def test_a_long_text_fills_its_pieces_which_end_between_characters(folder):
    text = stored(folder, ["東" * 20_000])
    sizes = [len(text.unpacked(i)) for i in range(text.n_pieces)]
    assert sizes == [PIECE // 3] * 7 + [20_000 - 7 * (PIECE // 3)]


def test_an_article_that_fits_into_a_piece_is_in_one(folder):
    texts = articles(300)
    text = stored(folder, texts)
    ends, at = {text.bounds(i)[1] for i in range(text.n_pieces)}, 0
    for each in texts:
        at += len(each)
        assert not any(at - len(each) < end < at for end in ends)
    assert all(len(text.unpacked(i)) >= ENOUGH for i in range(text.n_pieces - 1))


def test_only_what_is_read_is_unpacked(folder):
    text = stored(folder, ["x" * (100 * PIECE)])
    assert text.read(50 * PIECE + 5, 50 * PIECE + 9) == "xxxx"
    assert list(text._unpacked) == [50]


def test_damage_that_leads_a_search_astray_is_named(folder):
    stored(folder, ["x" * (500 * PIECE)])
    file = SectionFile.open(FileDirectory(folder), "t", "TEST", 1)
    at = file["text.first"]._start
    data = bytearray((folder / "t").read_bytes())
    data[at : at + 4 * 400] = bytes(4 * 400)
    (folder / "t").write_bytes(data)
    with pytest.raises(ArchiveDamaged, match="not what was written"):
        Text(SectionFile.open(FileDirectory(folder), "t", "TEST", 1)).read(100 * PIECE, 100 * PIECE + 1)


def test_few_pieces_are_kept(folder):
    text = stored(folder, ["x" * (300 * PIECE)])
    text.read(0, 300 * PIECE)
    assert len(text._unpacked) == 256


def test_packed_pieces_are_taken_as_they_are(folder, eager):
    texts = articles(100)
    one = stored(folder, texts)
    assert one.dictionary
    out, writer = writing(folder, "u")
    writer.use(one.dictionary)
    writer.add("before")
    for i in range(one.n_pieces):
        writer.add_packed(one.packed(i, i + 1))
    writer.add("after")
    text = finished(folder, out, writer, "u")
    whole = "before" + "".join(texts) + "after"
    assert text.read(0, len(whole)) == whole
    assert text.packed(1, 2) == one.packed(0, 1)


def test_enough_texts_share_a_dictionary_which_saves_more_than_it_takes(folder, eager, monkeypatch):
    texts = articles(300)
    packed = stored(folder, texts)
    assert packed.read(0, sum(map(len, texts))) == "".join(texts)
    monkeypatch.setattr(storing, "LEAST", 10**9)
    monkeypatch.setattr(storing, "SAMPLED", 10**9)
    alone = stored(folder, texts)
    assert packed.dictionary and not alone.dictionary
    assert packed.n_bytes + len(packed.dictionary) < alone.n_bytes


def test_the_same_texts_are_packed_the_same(folder, eager):
    one, two = (stored(folder, articles(100)) for _ in range(2))
    assert one.dictionary == two.dictionary
    assert one.packed(0, one.n_pieces) == two.packed(0, two.n_pieces)


def test_a_dictionary_that_is_known_is_asked_for_only_where_it_pays(folder, eager):
    asked = []
    known = stored(folder, articles(100)).dictionary

    def knows():
        asked.append(1)
        return known

    assert stored(folder, articles(5), knows).dictionary == b"" and not asked
    assert stored(folder, articles(200, seed=2), knows).dictionary == known and len(asked) == 1


def test_texts_that_have_nothing_to_learn_from_are_packed_all_the_same(folder, eager):
    text = stored(folder, ["x" * 50_000])
    assert text.dictionary == b"" and text.read(0, 50_000) == "x" * 50_000


def forged(folder, piece=b"", dictionary=b"", n_characters=5):
    out, writer = writing(folder, "f")
    writer.use(b"")
    writer.add_packed(Packed(piece, [len(piece)], [n_characters]))
    writer.dictionary = dictionary
    return finished(folder, out, writer, "f")


def test_a_piece_that_is_no_frame_is_damage(folder):
    whole = Packer(b"").pack(b"hello")
    assert forged(folder, whole).read(0, 5) == "hello"
    bomb = Packer(b"").pack(bytes(50_000_000))
    for piece in (b"", whole[:-1], whole + b"x", whole + whole, b"hello", bomb, Packer(b"").pack(b"h\xff")):
        with pytest.raises(ArchiveDamaged, match="piece 0 cannot be unpacked"):
            forged(folder, piece).read(0, 5)


def test_a_dictionary_that_is_none_is_damage(folder):
    for dictionary in (b"short", b"not a dictionary at all"):
        with pytest.raises(ArchiveDamaged, match=r"text\.dictionary"):
            forged(folder, Packer(b"").pack(b"hello"), dictionary).read(0, 5)
        with pytest.raises(ArchiveDamaged, match=r"text\.dictionary"):
            forged(folder, Packer(b"").pack(b"hello"), dictionary).known()


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_changed_frames_and_dictionaries_raise_one_error_and_stay_small(data):
    texts = [text.encode() for text in articles(40)]
    dictionary = train(texts, 3000)
    piece = b"".join(texts[:3])
    frame, known = bytearray(Packer(dictionary).pack(piece)), bytearray(dictionary)
    assert Unpacker(dictionary).unpack(frame) == piece
    changed = data.draw(st.sampled_from([frame, known]))
    for _ in range(data.draw(st.integers(1, 3))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    with suppress(ValueError):
        Packer(bytes(known)).pack(piece)
    with suppress(ValueError):
        assert len(Unpacker(bytes(known)).unpack(frame)) <= MOST + 1
