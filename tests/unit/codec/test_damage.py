import random
import zlib

import codec_corpus as corpus
import numpy as np
import pytest
from test_segment import form_postings, stem_postings

from indexer.codec import form_counts, pages, stored
from indexer.codec.builder import SegmentBuilder
from indexer.codec.check import check_segment
from indexer.codec.merge import merge
from indexer.codec.segment import Segment
from indexer.codec.vocabulary import Vocabulary
from indexer.errors import ArchiveDamaged
from indexer.storage.directory import FileDirectory
from indexer.storage.sections import BLOCK, FOOTER, FOOTER_BYTES


@pytest.fixture(scope="module", autouse=True)
def small_pages():
    """Pages of 64 documents, a dictionary for the texts of few, small counts: few articles fill everything."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(form_counts, "MAXIMAL", 200)
        patch.setattr(pages, "PAGE", 64)
        patch.setattr(pages, "PAGE_BITS", 6)
        patch.setattr(stored, "ENOUGH", 64)
        patch.setattr(stored, "LEAST", 1000)
        patch.setattr(stored, "SHARE", 4)
        yield


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    """The bytes of a segment that has something in every section."""
    folder = tmp_path_factory.mktemp("good")
    samples = corpus.random_samples(4, 20)
    samples += [corpus.Sample(f"{i}", corpus.parts_of([], [], [[("gaza", "gaza")]])) for i in range(260)]
    far = [corpus.token(place, "elect", "elected") for place in (3, 40_000, 90_000)]
    family = [[("x", f"x{i:03}")] for i in range(300)]
    samples += [corpus.Sample("far", ([], [], far)), corpus.Sample("family", corpus.parts_of([], [], family))]
    samples += [corpus.Sample("heavy", corpus.parts_of([], [], [[("gaza", "gaza")]] * 300))]
    builder = SegmentBuilder(FileDirectory(folder), Vocabulary(), extra=["digest"])
    for i, sample in enumerate(samples):
        builder.add(sample, sample.parts, sample.sentences, digest=i)
    builder.finish("good.seg")
    segment = Segment.open(FileDirectory(folder), "good.seg")
    assert [name for name in segment.file.names() if not len(segment.file[name])] == []
    return (folder / "good.seg").read_bytes()


def read_everything(folder, name="x.seg"):
    segment = Segment.open(FileDirectory(folder), name)
    result = [
        stem_postings(segment),
        form_postings(segment),
        [segment.stored(doc) for doc in range(segment.n_docs)],
    ]
    result += [segment.sentences.of(doc) for doc in range(segment.n_docs)]
    for keywords in (segment.ids, segment.paths, segment.sources):
        result += [keywords.all(), [keywords.docs_of(number) for number in range(len(keywords.terms))]]
    result += [segment.form_counts(form) for form in range(len(segment.families.forms))]
    for family in range(len(segment.families)):
        postings = segment.postings
        result += [
            postings.codes(family).tolist(),
            segment.families.members(family),
            postings.blocks(family) is None,
        ]
        some, _ = postings.tokens_of(family, np.arange(0, postings.df(family), 300))
        result += [len(some.position)]
    forms = segment.families.forms
    result += [
        forms.letters().tolist(),
        forms.matching(rb"[^\n]*s"),
        forms.from_prefix(b"e"),
        forms.lengths().tolist(),
    ]
    every = np.arange(len(segment.families))
    result += [column.tolist() for column in (*segment.many.postings(every), *segment.many.tokens(every))]
    result += [column.tolist() for column in segment.families.words_of(np.arange(len(forms)))]
    result += [column.tolist() for column in segment.sentences.starts(np.arange(segment.n_docs))]
    result += [forms.ascii(0, len(forms)).tolist(), forms.many(np.arange(len(forms)))]
    result += [
        segment.documents.between(738_001, 738_004),
        segment.documents.extra["digest"].array().tolist(),
    ]
    return result


def test_every_damaged_byte_is_noticed_by_whoever_reads_it(tmp_path, good):
    path = tmp_path / "x.seg"
    path.write_bytes(good)
    expected = read_everything(tmp_path)
    rng = random.Random(1)
    places = [*rng.sample(range(len(good)), 60), 0, 5, len(good) - 1, len(good) - 30]
    unnoticed = 0
    for place in places:
        data = bytearray(good)
        data[place] ^= 1 << rng.randrange(8)
        path.write_bytes(data)
        with pytest.raises(ArchiveDamaged) as caught:
            check_segment(Segment.open(FileDirectory(tmp_path), "x.seg"))
        assert caught.value.path == str(path) and caught.value.offset is not None
        try:
            assert read_everything(tmp_path) == expected
            unnoticed += 1
        except ArchiveDamaged as damage:
            assert str(path) in str(damage)
    assert unnoticed < len(places) / 4  # the last blocks hold what nothing but the check reads


def resealed(data):
    """The same bytes with all checksums made right."""
    start, stop, _, version = FOOTER.unpack(data[-FOOTER_BYTES:-8])
    body = bytes(data[:stop])
    checks = b"".join(
        zlib.crc32(body[i : i + BLOCK]).to_bytes(4, "little") for i in range(0, len(body), BLOCK)
    )
    footer = FOOTER.pack(start, stop, zlib.crc32(checks), version)
    return body + checks + footer + zlib.crc32(footer).to_bytes(4, "little") + b"TSEC"


def forged(data, rng, sections):
    """Another value in one random place of a section, and right checksums."""
    section = rng.choice(sections)
    size = int(section.type[1])
    at = section._start + size * rng.randrange(len(section))
    value = rng.choice([0, 1, (1 << 8 * size) - 1, rng.randrange(1 << 8 * size), len(section)])
    return section.name, resealed(
        data[:at] + (value % (1 << 8 * size)).to_bytes(size, "little") + data[at + size :]
    )


@pytest.mark.parametrize(
    "n", [40, pytest.param(2000, marks=[pytest.mark.promises, pytest.mark.timeout(3600)])]
)
def test_a_forged_file_is_damage_or_a_wrong_answer_but_no_other_error(tmp_path, good, n):
    path = tmp_path / "x.seg"
    path.write_bytes(good)
    file = Segment.open(FileDirectory(tmp_path), "x.seg").file
    sections = [file[name] for name in file.names()]
    rng = random.Random(2)
    found = 0
    for i in range(n):
        name, data = forged(bytearray(good), rng, sections)
        path.write_bytes(data)
        for work in (
            lambda: read_everything(tmp_path),
            lambda i=i: merge(
                FileDirectory(tmp_path), f"m{i}", [(Segment.open(FileDirectory(tmp_path), "x.seg"), [1, 7])]
            ),
            lambda: check_segment(Segment.open(FileDirectory(tmp_path), "x.seg")),
        ):
            try:
                work()
            except ArchiveDamaged:
                found += 1
            except Exception as error:
                raise AssertionError(f"{type(error).__name__} after a change in {name}") from error
    assert found > n


def test_a_whole_segment_passes_the_check(tmp_path, good):
    (tmp_path / "x.seg").write_bytes(good)
    check_segment(Segment.open(FileDirectory(tmp_path), "x.seg"))
    check_segment(corpus.build(tmp_path, []))
