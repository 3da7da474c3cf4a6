"""Whoosh over our segments gives exactly what Whoosh gives over its own, from the same tokens."""

import random
from pathlib import Path

import codec_corpus as corpus
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stock_fields import make_schema
from whoosh import query as wq
from whoosh import sorting
from whoosh.filedb.filestore import RamStorage
from whoosh.query.spans import SpanFirst, SpanNear
from whoosh.reading import MultiReader, SegmentReader
from whoosh.scoring import BM25F, TF_IDF, Frequency
from whoosh.searching import Searcher

from indexer.codec.merge import merge
from indexer.codec.segment import Segment
from indexer.codec.whoosh_codec import IndexSegment
from indexer.storage import FileDirectory

FIELDS = ("text", "text_exact", "id", "path", "source", "day")


def document(sample: corpus.Sample) -> dict:
    """The fields of a sample for Whoosh's own writer."""
    lists = [
        {
            term: (positions, weight / 2)
            for term, docs in postings.items()
            for weight, positions in docs.values()
        }
        for postings in corpus.expected([sample])
    ]
    shown = ("id", "path", "source", "day", "own_id", "line", "body_line", "headline", "summary", "body")
    return {"text": lists[0], "text_exact": lists[1], **{name: getattr(sample, name) for name in shown}}


class Pair:
    """The same segments twice: Whoosh's and ours."""

    def __init__(self, folder: Path, groups: list[list[corpus.Sample]], deleted: set[str]) -> None:
        schema = make_schema()
        index = RamStorage().create_index(schema)
        readers = []
        for i, group in enumerate(groups):
            writer = index.writer()
            for sample in corpus.in_order(group):
                writer.add_document(**document(sample))
            writer.commit(merge=False)
            segment = corpus.build(folder, group, f"{i}.seg")
            gone = [doc for doc, id in enumerate(segment.ids.all()) if id in deleted]
            readers.append(SegmentReader(None, schema, IndexSegment(segment, f"{i}", gone)))
        writer = index.writer()
        for id in deleted:
            writer.delete_by_term("id", id)
        writer.commit(merge=False)
        self.stock = index.reader()
        self.ours = MultiReader(readers) if len(readers) > 1 else readers[0]


def make(folder, seed, sizes, share=0.0, longest=30) -> Pair:
    rng = random.Random(seed)
    samples = corpus.random_samples(seed, sum(sizes), longest)
    for sample in samples:
        for name in ("headline", "summary", "body"):
            setattr(sample, name, getattr(sample, name).replace("\ud800", "?"))  # Whoosh cannot store it
    groups = []
    rest = samples
    for size in sizes:
        groups.append(rest[:size])
        rest = rest[size:]
    return Pair(folder, groups, {sample.id for sample in samples if rng.random() < share})


STEMS = [*corpus.FAMILIES, "nothing"]
FORMS = [
    *dict.fromkeys(form for forms in corpus.FAMILIES.values() for form in forms if form),
    *corpus.LONERS,
    "electe",
    "vots",
]


def random_query(rng: random.Random, depth: int = 2) -> wq.Query:
    def sub() -> wq.Query:
        return random_query(rng, depth - 1)

    def many() -> list[wq.Query]:
        return [sub() for _ in range(rng.randrange(2, 4))]

    boost = rng.choice([1.0, 1.0, 2.5])
    first = rng.randrange(737_998, 738_008)
    leaves = [
        lambda: wq.Term("text", rng.choice(STEMS), boost=boost),
        lambda: wq.Term("text_exact", rng.choice(FORMS), boost=boost),
        lambda: wq.Term("source", rng.choice(["AP", "Reuters", "", "dpa"])),
        lambda: wq.Phrase("text", rng.choices(STEMS, k=rng.randrange(1, 4)), slop=rng.choice([1, 1, 2, 5])),
        lambda: wq.Phrase("text_exact", rng.choices(FORMS, k=2), slop=rng.choice([1, 3]), boost=boost),
        lambda: wq.Prefix("text_exact", rng.choice(["e", "elect", "vot", "é", "na", "zz", ""])),
        lambda: wq.Prefix("text", rng.choice(["e", "u", "東"])),
        lambda: wq.Prefix("path", "b/"),
        lambda: wq.Wildcard("text_exact", rng.choice(["e*n", "*s", "v?te", "*", "m*st*", "n?ïve*"])),
        lambda: wq.FuzzyTerm("text_exact", rng.choice(FORMS), maxdist=rng.choice([1, 2]), prefixlength=rng.choice([0, 1])),
        lambda: wq.TermRange("text_exact", "elected", "ministers", boost=boost),
        lambda: wq.NumericRange("day", first, first + rng.randrange(8), boost=boost),
        lambda: wq.NumericRange("day", first, None, startexcl=True),
        lambda: wq.NumericRange("day", None, first, endexcl=True),
        lambda: wq.Every(),
        lambda: wq.Every("day"),
        lambda: wq.Every("text"),
    ]  # fmt: skip
    if depth == 2:  # Whoosh cannot have these two within an Or
        leaves += [
            lambda: SpanNear(
                wq.Term("text", rng.choice(STEMS)), wq.Term("text", "elect"), 3, rng.random() < 0.5
            ),
            lambda: SpanFirst(wq.Term("text", rng.choice(STEMS)), limit=2),
        ]
    nodes = [
        lambda: wq.And(many()),
        lambda: wq.And([sub(), wq.Not(sub())]),
        lambda: wq.Or(many()),
        lambda: wq.AndNot(sub(), sub()),
        lambda: wq.AndMaybe(sub(), sub()),
        lambda: wq.Require(sub(), sub()),
        lambda: wq.ConstantScoreQuery(sub(), 2.0),
        lambda: wq.Not(sub()),
    ]
    return rng.choice(nodes if depth and rng.random() < 0.6 else leaves)()


def found(reader, query, limit=None, weighting=BM25F):
    """Documents and scores, ties by document; or the error by which Whoosh fails on some nested queries."""
    with Searcher(reader, weighting=weighting, closereader=False) as searcher:
        try:
            hits = searcher.search(query, limit=limit)
        except (AssertionError, NotImplementedError) as error:
            return type(error)
        return [(hit.docnum, pytest.approx(hit.score, rel=1e-9)) for hit in hits]


SHAPES = [([60], 0.0), ([60], 0.3), ([25, 1, 40], 0.0), ([30, 20, 20], 0.3), ([3], 0.0)]


@pytest.mark.parametrize("sizes, share", SHAPES)
def test_every_query_finds_the_same_articles_with_the_same_scores(tmp_path, sizes, share):
    rng = random.Random(str(sizes))
    pair = make(tmp_path, len(sizes), sizes, share)
    failed = 0
    for _ in range(100):
        query = random_query(rng)
        ours = found(pair.ours, query)
        assert ours == found(pair.stock, query), query
        failed += not isinstance(ours, list)
    assert failed < 10


@pytest.mark.parametrize("sizes, share", [([700], 0.0), ([300, 400], 0.2)])
def test_the_best_few_are_the_same_when_blocks_are_skipped(tmp_path, sizes, share):
    """Nested queries are left out: there Whoosh's skipping loses its place, whatever the segments."""
    rng = random.Random(str(sizes))
    pair = make(tmp_path, len(sizes), sizes, share, longest=12)
    for _ in range(30):
        terms = [
            wq.Term(rng.choice(["text", "text_exact"]), rng.choice(STEMS)) for _ in range(rng.randrange(1, 4))
        ]
        for query in (wq.Or(terms), wq.And(terms), wq.Phrase("text", rng.choices(STEMS, k=2))):
            assert found(pair.ours, query, 5) == found(pair.stock, query, 5), query


@pytest.mark.parametrize("weighting", [Frequency, TF_IDF, BM25F(B=0.3, K1=2.0)])
def test_every_scoring_model_gives_the_same(tmp_path, weighting):
    rng = random.Random(5)
    pair = make(tmp_path, 9, [40, 30], 0.2)
    for _ in range(40):
        query = random_query(rng, 1)
        assert found(pair.ours, query, weighting=weighting) == found(
            pair.stock, query, weighting=weighting
        ), query


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10**6), st.lists(st.integers(1, 15), min_size=1, max_size=3), st.sampled_from([0, 0.3]))
def test_terms_lists_and_documents_are_the_same(tmp_path_factory, seed, sizes, share):
    pair = make(tmp_path_factory.mktemp("w"), seed, sizes, share)
    ours, stock = pair.ours, pair.stock
    assert sorted(ours.all_terms()) == sorted(stock.all_terms())
    for field in FIELDS:
        assert list(ours.lexicon(field)) == list(stock.lexicon(field))
        assert ours.field_length(field) == stock.field_length(field)
        for term in stock.lexicon(field):
            assert ours.doc_frequency(field, term) == stock.doc_frequency(field, term)
            assert ours.frequency(field, term) == stock.frequency(field, term)
            assert vars_of(ours.term_info(field, term)) == vars_of(stock.term_info(field, term))
            assert list_of(ours, field, term) == list_of(stock, field, term)
    assert list(ours.all_doc_ids()) == list(stock.all_doc_ids())
    for doc in range(stock.doc_count_all()):
        assert ours.is_deleted(doc) == stock.is_deleted(doc)
        assert (ours.doc_field_length(doc, "text") or 0) == (stock.doc_field_length(doc, "text") or 0)
        assert ours.stored_fields(doc) == stock.stored_fields(doc)
    assert (ours.doc_count(), ours.doc_count_all()) == (stock.doc_count(), stock.doc_count_all())


def vars_of(info):
    return (
        info.weight(), info.doc_frequency(), info.min_length(), info.max_length(), info.max_weight(), info.min_id(), info.max_id()
    )  # fmt: skip


def list_of(reader, field, term):
    matcher = reader.postings(field, term)
    found = []
    while matcher.is_active():
        positions = matcher.value_as("positions") if matcher.supports("positions") else None
        found.append((matcher.id(), matcher.weight(), positions))
        matcher.next()
    return found


def test_a_missing_term_and_a_missing_field_are_told_as_whoosh_tells_them(tmp_path):
    reader = make(tmp_path, 1, [5]).ours
    assert ("text", b"nothing") not in reader and ("body", b"elect") not in reader
    assert (reader.doc_frequency("text", "nothing"), reader.frequency("text", "nothing")) == (0, 0)
    with pytest.raises(Exception, match="nothing"):
        reader.term_info("text", "nothing")


def test_skipping_lands_where_walking_does(tmp_path):
    pair = make(tmp_path, 4, [1500], longest=4)
    rng = random.Random(2)
    for term in (b"elect", b"us", b"gaza"):
        docs = list(pair.ours.postings("text", term).all_ids())
        matcher = pair.ours.postings("text", term)
        target = 0
        while matcher.is_active():
            assert matcher.id() == min(doc for doc in docs if doc >= target)
            target = matcher.id() + rng.choice([1, 2, 40, 400])
            if target > docs[-1]:
                break
            matcher.skip_to(target)
        matcher.skip_to(docs[-1] + 1)
        assert not matcher.is_active()
        matcher.reset()
        assert matcher.id() == docs[0]


def test_sorting_and_grouping_by_day_are_the_same(tmp_path):
    pair = make(tmp_path, 6, [30, 20], 0.2)
    for reverse in (False, True):
        orders, groups = [], []
        for reader in (pair.ours, pair.stock):
            with Searcher(reader, closereader=False) as searcher:
                facet = sorting.FieldFacet("day", reverse=reverse)
                results = searcher.search(wq.Every(), sortedby=facet, groupedby="day", limit=None)
                orders.append([hit.docnum for hit in results])
                groups.append({key: sorted(docs) for key, docs in results.groups("day").items()})
        assert orders[0] == orders[1]
        assert groups[0] == groups[1]


def test_suggestions_and_frequent_terms_are_the_same(tmp_path):
    pair = make(tmp_path, 8, [50])
    ours, stock = pair.ours, pair.stock
    assert ours.most_frequent_terms("text_exact", 5) == stock.most_frequent_terms("text_exact", 5)
    for word in ("electd", "voet", "minster"):
        assert set(ours.terms_within("text_exact", word, 2)) == set(stock.terms_within("text_exact", word, 2))
        assert ours.corrector("text_exact").suggest(word) == stock.corrector("text_exact").suggest(word)


def test_a_merged_segment_scores_like_a_fresh_one_in_whoosh(tmp_path):
    rng = random.Random(3)
    samples = corpus.random_samples(3, 60)
    for sample in samples:
        sample.body = "B"
    parts = [corpus.build(tmp_path, samples[i : i + 20], f"{i}") for i in (0, 20, 40)]
    directory = FileDirectory(tmp_path)
    merge(directory, "whole", [(part, [0, 3]) for part in parts])
    gone = {part.ids.of(doc) for part in parts for doc in (0, 3)}
    schema = make_schema()
    merged = SegmentReader(None, schema, IndexSegment(Segment.open(directory, "whole"), "m"))
    left = [corpus.in_order(samples[i : i + 20]) for i in (0, 20, 40)]
    fresh = Pair(
        tmp_path, [[sample for part in left for sample in part if sample.id not in gone]], set()
    ).stock
    for _ in range(60):
        query = random_query(rng)
        assert found(merged, query) == found(fresh, query), query
