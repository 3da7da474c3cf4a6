import json
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.errors import ArchiveDamaged, StorageError
from indexer.storage.directory import FileDirectory
from indexer.storage.section_writer import SectionFileWriter
from indexer.storage.sections import BLOCK, FOOTER, FOOTER_BYTES, SectionFile

TYPES = ["u1", "u2", "u4", "u8", "i4", "i8", "f4", "f8"]


def write(folder, arrays, meta=None, name="x.seg", held=1 << 20):
    directory = FileDirectory(folder)
    writer = SectionFileWriter(directory, "TEST", 3, held)
    for section, array in arrays:
        writer.append(section, array)
    return directory, writer.finish(name, meta or {})


def reopen(folder, name="x.seg"):
    return SectionFile.open(FileDirectory(folder), name, "TEST", 3)


def big(folder):
    """A file of several blocks: 200,000 bytes in two sections."""
    rng = np.random.default_rng(5)
    a = rng.integers(0, 1 << 31, 25_000).astype(np.uint32)
    b = rng.integers(0, 256, 100_000).astype(np.uint8)
    write(folder, [("a", a), ("b", b)], {"n": 1})
    return a, b


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(TYPES), st.lists(st.integers(0, 127), max_size=90)), max_size=6),
    st.integers(1, 300),
)
def test_what_is_written_is_read(tmp_path_factory, sections, held):
    folder = tmp_path_factory.mktemp("s")
    arrays = [(f"s{i}", np.array(items, dtype=kind)) for i, (kind, items) in enumerate(sections)]
    halves = [(name, half) for name, array in arrays for half in np.array_split(array, 2)]
    halves.sort(key=lambda pair: len(pair[1]))  # sections grow side by side, not one after the other
    order = {name: [] for name, _ in arrays}
    for name, half in halves:
        order[name].append(half)
    _, fingerprint = write(folder, halves, {"note": "ü"}, held=held)
    file = reopen(folder)
    assert file.meta == {"note": "ü"}
    assert (fingerprint.length, fingerprint.crc) == ((folder / "x.seg").stat().st_size, file.fingerprint)
    for name, parts in order.items():
        expected = np.concatenate(parts)
        assert file[name].array().tolist() == expected.tolist() == list(file[name].view())
        assert file[name].array().dtype == expected.dtype


def test_a_slice_and_an_item_come_without_a_copy(tmp_path):
    a, _ = big(tmp_path)
    section = reopen(tmp_path)["a"]
    assert section[24_999] == a[24_999]
    assert section.array(10, 20).tolist() == a[10:20].tolist()
    assert not section.array().flags.owndata
    assert not section.array().flags.writeable


@pytest.mark.parametrize("times", [1, 40])
def test_many_slices_are_one_array_and_only_their_blocks_are_checked(tmp_path, times):
    a, _ = big(tmp_path)
    file = reopen(tmp_path)
    before = file.blocks_checked()
    starts, counts = np.array([7, 24_990, 3, 3, 0] * times), np.array([3, 10, 0, 4, 1] * times)
    expected = [a[start : start + count] for start, count in zip(starts, counts, strict=True)]
    assert file["a"].slices(starts, counts).tolist() == np.concatenate(expected).tolist()
    assert file.blocks_checked() <= before + 2
    assert file["a"].slices(starts[:0], counts[:0]).tolist() == []


@pytest.mark.parametrize("start, count", [(-1, 1), (0, -1), (1, -1), (24_999, 2), (25_001, 0)])
def test_slices_outside_a_section_are_damage(tmp_path, start, count):
    big(tmp_path)
    with pytest.raises(ArchiveDamaged, match="section a"):
        reopen(tmp_path)["a"].slices(np.array([0, start]), np.array([1, count]))


def damaged(tmp_path, place, bit=1):
    """The big file with one bit changed."""
    big(tmp_path)
    path = tmp_path / "x.seg"
    data = bytearray(path.read_bytes())
    data[place] ^= bit
    path.write_bytes(data)
    return path


def test_a_damaged_block_is_noticed_by_the_slices_that_touch_it(tmp_path):
    damaged(tmp_path, 150_000)
    file = reopen(tmp_path)
    place = 150_000 - file["b"]._start
    file["b"].slices(np.array([0]), np.array([5]))
    with pytest.raises(ArchiveDamaged, match=f"byte {2 * BLOCK:,}"):
        file["b"].slices(np.array([0, place]), np.array([5, 1]))


def at(section, indexes):
    return section.at(np.array(indexes)).tolist()


def items(section, indexes):
    return section.items(indexes)


@pytest.mark.parametrize("read", [at, items])
def test_items_here_and_there_are_checked_with_their_blocks_only(tmp_path, read):
    damaged(tmp_path, 150_000)
    file = reopen(tmp_path)
    place = 150_000 - file["b"]._start
    assert read(file["b"], [5, 0, 5]) == [file["b"][5], file["b"][0], file["b"][5]]
    with pytest.raises(ArchiveDamaged, match=f"byte {2 * BLOCK:,}"):
        read(file["b"], [0, place])


@pytest.mark.parametrize("read", [at, items])
@pytest.mark.parametrize("index", [-1, 25_000])
def test_an_item_outside_a_section_is_damage_before_and_after_it_was_checked(tmp_path, read, index):
    big(tmp_path)
    section = reopen(tmp_path)["a"]
    for _ in range(2):
        with pytest.raises(ArchiveDamaged, match="section a"):
            read(section, [3, index])
        section.items(range(25_000))


@pytest.mark.parametrize("start, stop", [(-1, 2), (2, 1), (0, 25_001), (25_001, 25_001)])
def test_reading_outside_a_section_is_damage(tmp_path, start, stop):
    big(tmp_path)
    with pytest.raises(ArchiveDamaged, match="section a"):
        reopen(tmp_path)["a"].array(start, stop)


def test_a_missing_section_is_damage(tmp_path):
    big(tmp_path)
    file = reopen(tmp_path)
    assert file.names() == ["a", "b"] and "c" not in file
    with pytest.raises(ArchiveDamaged, match="section c is missing"):
        file["c"]


@pytest.mark.parametrize(
    "place", [0, 9, 63, 70, BLOCK - 1, BLOCK, 150_000, -1, -5, -8, -9, -20, -40, -50, -150]
)
@pytest.mark.parametrize("bit", [1, 128])
def test_every_flipped_bit_is_noticed_before_it_is_used(tmp_path, place, bit):
    path = damaged(tmp_path, place, bit)
    with pytest.raises(ArchiveDamaged) as caught:
        reopen(tmp_path).check_all()
    assert caught.value.path == str(path)
    assert 0 <= caught.value.offset <= place % path.stat().st_size


def test_only_the_blocks_read_are_checked_and_only_once(tmp_path, monkeypatch):
    damaged(tmp_path, 150_000)
    file = reopen(tmp_path)
    file["a"].array(0, 100)
    assert file["b"][0] >= 0
    with pytest.raises(ArchiveDamaged, match=f"byte {2 * BLOCK:,}"):
        file["b"].array()
    checked = []
    monkeypatch.setattr(zlib, "crc32", lambda *args: checked.append(args) or 0)
    file["a"].array(0, 100)
    assert checked == []


def test_a_place_among_ascending_items_is_found_and_its_neighbours_are_checked(tmp_path):
    write(tmp_path, [("a", np.arange(0, 200_000, 2, dtype=np.uint32))])
    file = reopen(tmp_path)
    before = file.blocks_checked()
    values = (0, 1, 2, 199_998, 10**9)
    assert [file["a"].left(value) for value in values] == [0, 1, 1, 99_999, 100_000]
    assert [file["a"].right(value) for value in values] == [1, 1, 2, 100_000, 100_000]
    assert file.blocks_checked() <= before + 2


def test_damage_never_leads_a_search_to_a_wrong_place(tmp_path):
    write(tmp_path, [("a", np.arange(0, 200_000, 2, dtype=np.uint32))])
    path = tmp_path / "x.seg"
    data = bytearray(path.read_bytes())
    data[200_000:200_128] = b"\xff" * 128  # where a binary search begins
    path.write_bytes(data)
    section = reopen(tmp_path)["a"]
    assert section.left(20) == 10
    with pytest.raises(ArchiveDamaged):
        section.left(150_000)


@pytest.mark.parametrize("size", [0, 1, 16, 47, 48, 1000, 150_000])
def test_a_truncated_file_is_damage(tmp_path, size):
    big(tmp_path)
    path = tmp_path / "x.seg"
    path.write_bytes(path.read_bytes()[:size])
    with pytest.raises(ArchiveDamaged):
        reopen(tmp_path)


def test_a_longer_file_is_damage(tmp_path):
    big(tmp_path)
    path = tmp_path / "x.seg"
    path.write_bytes(path.read_bytes() + b"\0")
    with pytest.raises(ArchiveDamaged):
        reopen(tmp_path)


def test_another_kind_and_another_version_are_told_apart(tmp_path):
    directory, _ = write(tmp_path, [])
    with pytest.raises(ArchiveDamaged, match="not a OTHER file"):
        SectionFile.open(directory, "x.seg", "OTHER", 3)
    with pytest.raises(ArchiveDamaged, match="has format 3, this version of the tool reads 4"):
        SectionFile.open(directory, "x.seg", "TEST", 4)


def forge(folder, edit):
    """Rewrite the table of a file and make all its checksums right again."""
    path = folder / "x.seg"
    data = path.read_bytes()
    start, stop, _, version = FOOTER.unpack(data[-FOOTER_BYTES:-8])
    table = edit(json.loads(data[start:stop]))
    body = data[:start] + (table if isinstance(table, bytes) else json.dumps(table).encode())
    checks = b"".join(
        zlib.crc32(body[i : i + BLOCK]).to_bytes(4, "little") for i in range(0, len(body), BLOCK)
    )
    footer = FOOTER.pack(start, len(body), zlib.crc32(checks), version)
    path.write_bytes(body + checks + footer + zlib.crc32(footer).to_bytes(4, "little") + b"TSEC")


@pytest.mark.parametrize(
    "entry",
    [
        ["u4", 64, 1 << 40],
        ["u4", 66, 2],
        ["u4", -64, 2],
        ["u4", 64, -1],
        ["O8", 64, 1],
        ["u", 64, 1],
        ["", 64, 1],
        ["u4", 64.0, 1],
        ["u4", 64, True],
        ["u4", 0, 1],
        ["u4", 64],
        [4, 64, 1],
        7,
        None,
    ],
)
def test_a_forged_table_is_damage(tmp_path, entry):
    big(tmp_path)
    forge(tmp_path, lambda table: {**table, "sections": {"a": entry}})
    with pytest.raises(ArchiveDamaged):
        reopen(tmp_path)


@pytest.mark.parametrize(
    "table",
    [b"", b"[]", b"{}", b"\xff", b"[" * 100_000, b'{"meta":1,"sections":{}}', b'{"meta":{},"sections":[]}'],
)
def test_a_table_that_is_none_is_damage(tmp_path, table):
    big(tmp_path)
    forge(tmp_path, lambda _: table)
    with pytest.raises(ArchiveDamaged):
        reopen(tmp_path)


def test_an_unknown_section_is_skipped(tmp_path):
    write(tmp_path, [("a", np.arange(3, dtype=np.uint8)), ("new", np.arange(9, dtype=np.uint8))])
    assert reopen(tmp_path)["a"].array().tolist() == [0, 1, 2]


def test_a_section_keeps_one_type(tmp_path):
    writer = SectionFileWriter(FileDirectory(tmp_path), "TEST", 3)
    writer.append("a", np.zeros(1, np.uint8))
    with pytest.raises(ValueError, match="u1, not u2"):
        writer.append("a", np.zeros(1, np.uint16))
    with pytest.raises(ValueError, match="cannot hold"):
        writer.append("b", np.zeros(1, np.complex128))
    assert writer.length("a") == 1 and writer.length("nothing") == 0


def test_a_name_is_never_written_twice(tmp_path):
    write(tmp_path, [])
    with pytest.raises(StorageError):
        write(tmp_path, [])


def test_scratch_files_leave_nothing_behind(tmp_path):
    write(tmp_path, [(f"s{i % 3}", np.zeros(1000, np.uint64)) for i in range(30)], held=10_000)
    assert [path.name for path in tmp_path.iterdir()] == ["x.seg"]
    assert len(reopen(tmp_path)["s1"]) == 10_000
