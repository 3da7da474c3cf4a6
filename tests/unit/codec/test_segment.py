import random
import subprocess
import sys
from pathlib import Path

import codec_corpus as corpus
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.codec import dense, pages
from indexer.codec.builder import SegmentBuilder
from indexer.codec.impact import Lengths
from indexer.codec.merge import merge
from indexer.codec.segment import Segment
from indexer.codec.sentence_table import Sentence
from indexer.codec.terms import decode, encode
from indexer.codec.vocabulary import Vocabulary
from indexer.errors import ArchiveDamaged, StorageError
from indexer.storage.directory import FileDirectory


def stem_postings(segment):
    """Every stem's postings as ``corpus.expected`` has them."""
    result = {}
    for family in range(segment.n_stems):
        postings = segment.postings
        tokens = postings.tokens(family)
        lists = np.split(tokens.position, tokens.starts[1:-1])
        rows = zip(postings.docs(family).tolist(), postings.weights(family).tolist(), lists, strict=True)
        result[decode(segment.families.stems[family])] = {d: (w, p.tolist()) for d, w, p in rows}
    return result


def form_postings(segment):
    """Every form's postings, worked out from the families that the form is in."""
    result = {}
    column = segment.documents.column
    for form in range(len(segment.families.forms)):
        found = {}
        for family, number in segment.families.of_form(form):
            tokens = segment.postings.tokens(family)
            numbers = tokens.number if tokens.number is not None else np.zeros(len(tokens.position), int)
            for i, doc in enumerate(segment.postings.docs(family).tolist()):
                inside = slice(tokens.starts[i], tokens.starts[i + 1])
                mine = numbers[inside] == number
                found.setdefault(doc, []).extend(tokens.position[inside][mine].tolist())
        weighted = {}
        for doc, positions in found.items():
            summary_at, body_at = column("summary_at")[doc], column("body_at")[doc]
            units = [corpus.WEIGHTS[(p >= summary_at) + (p >= body_at)] for p in positions]
            if positions:
                weighted[doc] = (sum(units), sorted(positions))
        result[decode(segment.families.forms[form])] = weighted
    return result


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 25))
def test_a_segment_holds_every_token_where_it_stood(tmp_path_factory, seed, n):
    samples = corpus.random_samples(seed, n)
    segment = corpus.build(tmp_path_factory.mktemp("s"), samples)
    ordered = corpus.in_order(samples)
    stems, forms = corpus.expected(ordered)
    assert stem_postings(segment) == stems
    assert form_postings(segment) == forms
    assert list(segment.families.stems) == sorted(map(encode, stems))
    assert list(segment.families.forms) == sorted(map(encode, forms))
    for form, docs in forms.items():
        counts = segment.form_counts(segment.families.forms.find(encode(form)))
        assert counts == (len(docs), sum(len(positions) for _, positions in docs.values()))


@pytest.mark.parametrize("least", [1, 9, 1000])
@pytest.mark.parametrize("n", [0, 1, 15, 16, 17, 100])
def test_documents_on_many_pages_and_in_dense_lists_are_told_apart(tmp_path, monkeypatch, n, least):
    monkeypatch.setattr(pages, "PAGE", 16)
    monkeypatch.setattr(pages, "PAGE_BITS", 4)
    monkeypatch.setattr(dense, "LEAST", least)
    monkeypatch.setattr(dense, "STRETCH", 7)
    samples = corpus.random_samples(n, n, 6)
    segment = corpus.build(tmp_path, samples)
    assert stem_postings(segment) == corpus.expected(corpus.in_order(samples))[0]
    assert segment.postings.docs(0).dtype == (np.uint16 if n <= 16 else np.uint32) if n else True
    directory = FileDirectory(tmp_path)
    merge(directory, "again", [(segment, range(0, n, 3))])
    left = [sample for i, sample in enumerate(corpus.in_order(samples)) if i % 3]
    assert stem_postings(Segment.open(directory, "again")) == corpus.expected(left)[0]


def test_a_dense_list_takes_one_byte_a_document(tmp_path):
    samples = corpus.random_samples(1, 1000, 9)
    segment = corpus.build(tmp_path, samples)
    assert stem_postings(segment) == corpus.expected(corpus.in_order(samples))[0]
    counts = [segment.postings.df(family) for family in range(len(segment.families))]
    long = [df for df in counts if df >= 64]
    assert len(long) > 5 and len(segment.file["dense.doc"]) == sum(long)
    assert len(segment.file["dense.count"]) == 4 * len(long)  # 1,000 documents are four stretches
    assert len(segment.file["posting.doc"]) == sum(counts) - sum(long)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 25))
def test_a_segment_holds_everything_that_is_shown(tmp_path_factory, seed, n):
    samples = corpus.random_samples(seed, n)
    segment = corpus.build(tmp_path_factory.mktemp("s"), samples)
    for doc, sample in enumerate(corpus.in_order(samples)):
        stored = segment.stored(doc)
        assert stored._asdict() == {name: getattr(sample, name) for name in stored._fields}
        assert segment.sentences.of(doc) == sample.sentences
        assert doc in segment.ids.docs(sample.id) and doc in segment.paths.docs(sample.path)
    docs = random.Random(seed).choices(range(n), k=n)
    assert segment.stored_many(docs) == [segment.stored(doc) for doc in docs]
    assert segment.ids.all() == [sample.id for sample in corpus.in_order(samples)]
    assert segment.sources.all() == [sample.source for sample in corpus.in_order(samples)]


def test_documents_are_in_the_order_of_their_days_and_undated_ones_last(tmp_path):
    days = [738_003, None, 738_001, 738_003, None, 1, 3_652_059]
    samples = [corpus.Sample(f"{i}", ([], [], []), day) for i, day in enumerate(days)]
    segment = corpus.build(tmp_path, samples)
    assert segment.ids.all() == ["5", "2", "0", "3", "6", "1", "4"]
    documents = segment.documents
    assert [documents.day(doc) for doc in range(7)] == [1, 738_001, 738_003, 738_003, 3_652_059, None, None]
    assert documents.between(738_001, 738_003) == (1, 4)
    assert documents.between(None, None) == (0, 5)
    assert documents.between(738_004, 738_005) == (4, 4)
    assert documents.between(738_005, 738_001) == (4, 4)
    assert documents.day_array(-1).tolist() == [1, 738_001, 738_003, 738_003, 3_652_059, -1, -1]


@pytest.mark.parametrize("n", [254, 255, 256, 70_000])
def test_large_weights_are_exact(tmp_path, n):
    words = [[("elect", "elect")]] * n
    segment = corpus.build(tmp_path, [corpus.Sample("x", corpus.parts_of([], [], words))])
    assert segment.postings.weights(0).tolist() == [2 * n]
    assert segment.postings.codes(0).tolist() == [
        (min(2 * n, 255) << 8) + int(Lengths.of(np.array([n])).byte[0])
    ]
    indexes, weights = segment.postings.heavy(0)
    assert (indexes.tolist(), weights.tolist()) == ([0], [2 * n])


def test_positions_beyond_every_page_are_exact(tmp_path):
    places = [0, 1, 32_767, 32_768, 65_535, 65_536, 1_000_000]
    tokens = [corpus.token(place, "elect", "elected") for place in places]
    near = [corpus.token(5, "elect", "elect")]
    samples = [corpus.Sample("far", ([], [], tokens)), corpus.Sample("near", ([], [], near))]
    segment = corpus.build(tmp_path, samples)
    assert stem_postings(segment)["elect"] == {0: (14, places), 1: (2, [5])}


def test_a_family_of_a_thousand_forms_tells_them_apart(tmp_path):
    words = [[("x", f"x{i:04}")] for i in range(1000)]
    samples = [
        corpus.Sample("a", corpus.parts_of([], [], words)),
        corpus.Sample("b", corpus.parts_of([], [], words[990:])),
    ]
    segment = corpus.build(tmp_path, samples)
    assert form_postings(segment) == corpus.expected(samples)[1]
    assert segment.families.size(0) == 1000


def test_a_vocabulary_of_one_word_and_one_of_a_hundred_thousand(tmp_path):
    one = corpus.build(tmp_path, [corpus.Sample("a", corpus.parts_of([], [], [[("a", "a")]]))])
    assert list(one.families.stems) == [b"a"]
    words = [[(f"{i:x}", f"{i:x}s")] for i in range(100_000)]
    many = corpus.build(tmp_path, [corpus.Sample("a", corpus.parts_of([], [], words))], "many")
    assert (many.n_stems, len(many.families.forms)) == (100_000, 100_000)
    assert many.postings.docs(many.families.of_stem(b"1f")).tolist() == [0]


def test_a_segment_of_nothing_can_be_read(tmp_path):
    segment = corpus.build(tmp_path, [])
    assert (segment.n_docs, segment.n_stems, segment.documents.between(None, None)) == (0, 0, (0, 0))
    assert segment.families.of_stem(b"x") == -1 and segment.ids.docs("x") == []
    assert segment.text.n_pieces == 0
    segment.file.check_all()


@pytest.fixture(scope="module")
def long_lists(tmp_path_factory):
    """A word in every document, another in every third."""
    n = 3000
    word, other = [("elect", "elect")], [("vote", "vote")]
    samples = [
        corpus.Sample(f"{i}", corpus.parts_of([], [], [word] * (i % 5 + 1) + [other] * (i % 3 == 0)), i + 1)
        for i in range(n)
    ]
    return corpus.build(tmp_path_factory.mktemp("long"), samples), n


@pytest.mark.parametrize(
    "wanted", [[], [0], [255], [256], [2999], [3, 300, 2998, 2999], list(range(0, 3000, 7))]
)
def test_tokens_of_some_postings_are_those_of_all(long_lists, wanted):
    segment, _ = long_lists
    family = segment.families.of_stem(b"elect")
    every = segment.postings.tokens(family)
    some, place = segment.postings.tokens_of(family, np.array(wanted, np.int64))
    for which, i in zip(wanted, place.tolist(), strict=True):
        assert (
            some.position[some.starts[i] : some.starts[i + 1]].tolist()
            == every.position[every.starts[which] : every.starts[which + 1]].tolist()
        )


def test_few_postings_of_a_long_list_read_few_blocks(long_lists):
    segment, n = long_lists
    family = segment.families.of_stem(b"elect")
    tokens, place = segment.postings.tokens_of(family, np.array([700]))
    assert len(tokens.starts) == 257 and place.tolist() == [700 - 512]
    assert segment.postings.df(family) == n


def test_no_posting_has_more_impact_than_its_block_says(long_lists, tmp_path):
    from indexer.codec.impact import impact_table

    segment, _ = long_lists
    family = segment.families.of_stem(b"elect")
    table = impact_table(np.array(segment.length_bytes), segment.impact["average"], segment.weights.unit)
    impacts = table[segment.postings.codes(family)]
    blocks = segment.postings.blocks(family)
    assert len(blocks.impact) == 12
    for i, bound in enumerate(blocks.impact):
        largest = impacts[i * 256 : (i + 1) * 256].max()
        assert largest <= bound <= largest * 1.000001
    assert segment.postings.blocks(segment.families.of_stem(b"vote")) is not None
    assert corpus.build(tmp_path, corpus.random_samples(1, 9), "short").postings.blocks(0) is None


def test_a_sentence_is_read_without_the_rest(tmp_path):
    body = "Первое предложение. " * 4000 + "The end."
    sample = corpus.Sample("a", ([], [], []), headline="Head", summary="Sum", body=body)
    segment = corpus.build(tmp_path, [sample, sample])
    start = 7 + body.index("The end")
    assert segment.slice(1, start, start + 8) == "The end."
    assert segment.slice(1, 0, 4) == "Head"
    assert len(segment.text._unpacked) <= 3
    assert max(segment.text.packed(0, segment.text.n_pieces).sizes) < 16_400


@pytest.mark.parametrize("far", [0, 70_000])
def test_the_sentences_of_many_documents_are_those_of_each(tmp_path, far):
    samples = corpus.random_samples(7, 30)
    samples[3].sentences.append(Sentence(far, 9, True))
    segment = corpus.build(tmp_path, samples)
    for docs in (range(30), range(1, 30, 4), [17], []):
        owner, position, opens = segment.sentences.starts(np.array(docs, np.int64))
        expected = [(i, one.position, one.opens) for i, doc in enumerate(docs) for one in segment.sentences.of(doc)]
        assert list(zip(owner.tolist(), position.tolist(), opens.tolist(), strict=True)) == expected


def test_many_terms_are_those_of_their_numbers(tmp_path):
    forms = corpus.build(tmp_path, corpus.random_samples(8, 60)).families.forms
    every = list(forms)
    assert forms.ascii(0, len(forms)).tolist() == [form.isascii() for form in every]
    for numbers in (range(len(forms)), range(1, len(forms), 3), [len(forms) - 1], []):
        assert forms.many(np.array(numbers, np.int64)) == [every[number] for number in numbers]


def test_the_documents_of_several_values_come_as_one_array(tmp_path):
    segment = corpus.build(tmp_path, corpus.random_samples(8, 40))
    terms = segment.sources.terms
    for low in range(len(terms) + 1):
        for high in range(low, len(terms) + 1):
            expected = [doc for number in range(low, high) for doc in segment.sources.docs_of(number)]
            assert segment.sources.doc_array(low, high).tolist() == expected


def test_a_weighted_list_of_another_unit_is_said_in_the_file(tmp_path):
    from indexer.codec.impact import Weights

    builder = SegmentBuilder(FileDirectory(tmp_path), Vocabulary(), Weights(9, 5, 4, 4))
    words = corpus.parts_of([[("a", "a")]], [[("a", "a")]], [[("a", "a")]])
    builder.add(corpus.Sample("x", words), words)
    builder.finish("s")
    segment = Segment.open(FileDirectory(tmp_path), "s")
    assert segment.weights == Weights(9, 5, 4, 4)
    assert segment.postings.weights(0).tolist() == [18]


def test_extra_numbers_come_back(tmp_path):
    builder = SegmentBuilder(FileDirectory(tmp_path), Vocabulary(), extra=["digest"])
    for i, day in enumerate([9, 3, None]):
        builder.add(corpus.Sample(f"{i}", ([], [], []), day), ([], [], []), digest=(1 << 64) - 1 - i)
    with pytest.raises(ValueError, match="extra numbers"):
        builder.add(corpus.Sample("3", ([], [], [])), ([], [], []))
    builder.finish("s")
    extra = Segment.open(FileDirectory(tmp_path), "s").documents.extra["digest"]
    assert list(extra.view()) == [(1 << 64) - 2, (1 << 64) - 1, (1 << 64) - 3]


def test_a_stem_twice_at_one_position_counts_once(tmp_path):
    tokens = [corpus.token(0, "a", "x"), corpus.token(0, "a", "y"), corpus.token(0, "b", "x")]
    segment = corpus.build(tmp_path, [corpus.Sample("s", ([], [], tokens))])
    assert stem_postings(segment) == {"a": {0: (2, [0])}, "b": {0: (2, [0])}}
    assert form_postings(segment) == {"x": {0: (2, [0])}, "y": {0: (2, [0])}}


@pytest.mark.parametrize(
    "parts",
    [
        ([], [], [corpus.token(3, "a", "a"), corpus.token(2, "b", "b")]),
        ([corpus.token(3, "a", "a")], [corpus.token(3, "b", "b")], []),
        ([], [], [corpus.token(-1, "a", "a")]),
        ([], [], [corpus.token(1 << 31, "a", "a")]),
        ([], [], [corpus.token(0, "a\n", "a")]),
    ],
)
def test_tokens_that_cannot_be_stored_are_refused_and_nothing_is_added(tmp_path, parts):
    builder = SegmentBuilder(FileDirectory(tmp_path), Vocabulary())
    with pytest.raises(ValueError):
        builder.add(corpus.Sample("x", parts), parts)
    builder.add(corpus.Sample("y", ([], [], [])), ([], [], []), [Sentence(0, 0, True)])
    builder.finish("s")
    segment = Segment.open(FileDirectory(tmp_path), "s")
    assert segment.ids.all() == ["y"] and segment.n_stems == 0


def test_the_same_articles_give_the_same_bytes(tmp_path):
    samples = corpus.random_samples(7, 40)
    corpus.build(tmp_path, samples, "a")
    corpus.build(tmp_path, samples, "b")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_a_segment_is_never_written_over(tmp_path):
    corpus.build(tmp_path, [])
    with pytest.raises(StorageError):
        corpus.build(tmp_path, [])


def test_another_file_is_not_a_segment(tmp_path):
    (tmp_path / "x").write_bytes(b"hello" * 100)
    with pytest.raises(ArchiveDamaged, match="its end is missing"):
        Segment.open(FileDirectory(tmp_path), "x")


def test_showing_a_document_needs_neither_numpy_nor_whoosh(tmp_path):
    corpus.build(tmp_path, [corpus.Sample("a", corpus.parts_of([], [], [[("gaza", "gaza")]]), 738_000)])
    program = (
        "import sys; from pathlib import Path; from indexer.codec.segment import Segment;"
        "from indexer.storage.directory import FileDirectory;"
        "s = Segment.open(FileDirectory(Path(sys.argv[1])), 's.seg');"
        "assert s.families.of_stem(b'gaza') == 0 and s.postings.df(0) == 1 and s.documents.between(1, None) == (0, 1);"
        "assert s.stored(0).id == 'a' and s.ids.docs('a') == [0];"
        "assert 'numpy' not in sys.modules and 'whoosh' not in sys.modules, 'imported'"
    )
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], cwd=root, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_opening_reads_the_same_whatever_the_size(tmp_path):
    small = corpus.build(tmp_path, corpus.random_samples(1, 3), "small")
    large = corpus.build(tmp_path, corpus.random_samples(1, 3000, 60), "large")
    assert (tmp_path / "large").stat().st_size > 20 * (tmp_path / "small").stat().st_size
    blocks = 3  # of the header, and of a table that may lie across two
    assert max(small.file.blocks_checked(), large.file.blocks_checked()) <= blocks
