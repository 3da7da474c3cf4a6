import random

import codec_corpus as corpus
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_segment import form_postings, stem_postings

from indexer.codec import merge as merging
from indexer.codec import stored
from indexer.codec.builder import SegmentBuilder
from indexer.codec.impact import Weights
from indexer.codec.merge import merge
from indexer.codec.segment import Segment
from indexer.codec.vocabulary import Vocabulary
from indexer.errors import ArchiveDamaged
from indexer.storage.directory import FileDirectory

SKIPPED = {"text.piece", "text.at", "text.first", "text.dictionary"}  # cut into pieces elsewhere


def contents(segment):
    """Everything a segment says, but where its text is cut."""
    columns = {name: list(segment.file[name].view()) for name in segment.file.names() if name not in SKIPPED}
    columns.pop("doc.text")
    return {
        "meta": segment.file.meta,
        "columns": columns,
        "stems": stem_postings(segment),
        "forms": form_postings(segment),
        "stored": [segment.stored(doc) for doc in range(segment.n_docs)],
    }


def merged(folder, groups, name="merged"):
    """Build a segment of each group of (sample, is it deleted) and merge them; also what they should give."""
    sources, left = [], []
    for i, group in enumerate(groups):
        segment = corpus.build(folder, [sample for sample, _ in group], f"part-{i}")
        gone = {sample.id for sample, deleted in group if deleted}
        sources.append((segment, {doc for doc, id in enumerate(segment.ids.all()) if id in gone}))
        left += [sample for sample in corpus.in_order([s for s, _ in group]) if sample.id not in gone]
    directory = FileDirectory(folder)
    merge(directory, name, sources)
    return Segment.open(directory, name), left


def grouped(seed, sizes, share):
    rng = random.Random(seed)
    samples = corpus.random_samples(seed, sum(sizes))
    groups = []
    for size in sizes:
        group, samples = samples[:size], samples[size:]
        groups.append([(sample, rng.random() < share) for sample in group])
    return groups


@settings(max_examples=25, deadline=None)
@given(
    st.integers(0, 10**6),
    st.lists(st.integers(0, 12), min_size=1, max_size=4),
    st.sampled_from([0, 0.3, 0.9, 1]),
)
def test_a_merge_says_what_a_fresh_build_says(tmp_path_factory, seed, sizes, share):
    folder = tmp_path_factory.mktemp("m")
    segment, left = merged(folder, grouped(seed, sizes, share))
    assert contents(segment) == contents(corpus.build(folder, left, "fresh"))


def test_a_merge_in_many_small_steps_is_the_same(tmp_path, monkeypatch):
    groups = grouped(5, [30, 20, 10], 0.3)
    whole, _ = merged(tmp_path, groups)
    monkeypatch.setattr(merging, "CHUNK", 20)
    (tmp_path / "again").mkdir()
    steps, _ = merged(tmp_path / "again", groups)
    assert contents(steps) == contents(whole)


def test_segments_of_days_that_follow_each_other_are_merged_in_any_order(tmp_path):
    samples = corpus.random_samples(3, 40)
    for i, sample in enumerate(samples):
        sample.day = i + 1
    late, early = [(s, False) for s in samples[20:]], [(s, False) for s in samples[:20]]
    segment, _ = merged(tmp_path, [late, early])
    assert contents(segment) == contents(corpus.build(tmp_path, samples, "fresh"))


def test_merges_of_merges_keep_every_article(tmp_path):
    groups = grouped(11, [6] * 9, 0.4)
    directory = FileDirectory(tmp_path)
    first, rest = merged(tmp_path, groups[:3], "m0")
    for i in range(3, 9, 3):
        (tmp_path / str(i)).mkdir()
        more, left = merged(tmp_path / str(i), groups[i : i + 3])
        merge(directory, f"m{i}", [(first, ()), (more, ())])
        first, rest = Segment.open(directory, f"m{i}"), corpus.in_order(rest) + corpus.in_order(left)
    assert contents(first) == contents(corpus.build(tmp_path, rest, "fresh"))


def test_the_text_of_a_deleted_article_is_gone_from_the_file(tmp_path):
    samples = [corpus.Sample(f"{i}", ([], [], []), i + 1, body=f"body {i} " * 900) for i in range(9)]
    segment, _ = merged(tmp_path, [[(sample, sample.id in "258") for sample in samples]])
    text = "".join(segment.text.unpacked(i) for i in range(segment.text.n_pieces))
    assert "body 5" not in text
    assert [segment.parts(doc)[2][:6] for doc in range(6)] == [f"body {i}" for i in "013467"]


def test_terms_of_deleted_articles_only_are_gone(tmp_path):
    word = [[("gaza", "gaza")]]
    groups = [
        [(corpus.Sample("a", corpus.parts_of([], [], word)), True), (corpus.Sample("b", ([], [], [])), False)]
    ]
    segment, _ = merged(tmp_path, groups)
    assert (segment.n_docs, segment.n_stems, len(segment.families.forms)) == (1, 0, 0)


def test_a_document_that_does_not_exist_cannot_be_deleted(tmp_path):
    segment = corpus.build(tmp_path, corpus.random_samples(1, 3))
    for wrong in (3, -1):
        with pytest.raises(ValueError, match="3 documents"):
            merge(FileDirectory(tmp_path), "m", [(segment, [wrong])])


def test_segments_that_do_not_fit_together_are_not_merged(tmp_path):
    directory = FileDirectory(tmp_path)
    builders = [
        SegmentBuilder(directory, Vocabulary()),
        SegmentBuilder(directory, Vocabulary(), Weights(2, 2, 2, 2)),
        SegmentBuilder(directory, Vocabulary(), extra=["digest"]),
    ]
    segments = []
    for i, builder in enumerate(builders):
        builder.finish(f"{i}")
        segments.append(Segment.open(directory, f"{i}"))
    for other in segments[1:]:
        with pytest.raises(ValueError, match="must have the same"):
            merge(directory, "m", [(segments[0], ()), (other, ())])


def test_damage_in_a_source_stops_the_merge(tmp_path):
    segment = corpus.build(tmp_path, corpus.random_samples(1, 300))
    place = segment.file["position"]._start + 5
    data = bytearray((tmp_path / "s.seg").read_bytes())
    data[place] ^= 1
    (tmp_path / "bad.seg").write_bytes(data)
    directory = FileDirectory(tmp_path)
    with pytest.raises(ArchiveDamaged, match=r"bad\.seg"):
        merge(directory, "m", [(Segment.open(directory, "bad.seg"), ())])
    assert "m" not in directory.names()


def test_text_is_copied_as_it_is_packed_where_the_dictionary_is_that_of_most(tmp_path, monkeypatch):
    monkeypatch.setattr(stored, "ENOUGH", 64)
    monkeypatch.setattr(stored, "LEAST", 1000)
    monkeypatch.setattr(stored, "SHARE", 4)
    large, small = (corpus.build(tmp_path, corpus.random_samples(i, n), f"{i}") for i, n in ((1, 60), (2, 30)))
    tiny = corpus.build(tmp_path, corpus.random_samples(3, 2), "3")
    assert large.text.dictionary != small.text.dictionary != tiny.text.dictionary == b""
    directory = FileDirectory(tmp_path)
    merge(directory, "m", [(tiny, ()), (small, ()), (large, ())])
    whole = Segment.open(directory, "m")
    assert whole.text.dictionary == large.text.dictionary
    packed = {whole.text.packed(i, i + 1).pieces for i in range(whole.text.n_pieces)}
    assert all(large.text.packed(i, i + 1).pieces in packed for i in range(large.text.n_pieces))
    assert not any(small.text.packed(i, i + 1).pieces in packed for i in range(small.text.n_pieces))
    for segment in (tiny, small, large):
        for doc in range(segment.n_docs):
            [at] = whole.ids.docs(segment.ids.of(doc))
            assert whole.parts(at) == segment.parts(doc)
