"""The two text fields as Whoosh sees them."""

from whoosh.fields import TEXT, Schema
from whoosh.filedb.filestore import RamStorage
from whoosh.query import Phrase, Term

from indexer.analysis.analyzer import Analyzer
from indexer.analysis.whoosh_analyzer import Analysed, WordAnalyzer

ANALYZER = Analyzer()
TEXT_FIELD = TEXT(analyzer=WordAnalyzer(ANALYZER), phrase=True)
EXACT_FIELD = TEXT(analyzer=WordAnalyzer(ANALYZER, exact=True), phrase=True)
SENTENCE = "The U.S.-led cease-fire talks ended."


def test_each_field_gets_its_terms_with_places() -> None:
    tokens = ANALYZER.tokens(SENTENCE)
    for exact in (False, True):
        found = [
            (t.text, t.pos, t.startchar, t.endchar)
            for t in WordAnalyzer(ANALYZER, exact)(SENTENCE, positions=True, chars=True, mode="index")
        ]
        terms = [(t.form if exact else t.stem, t.position, t.start, t.end) for t in tokens]
        assert found == [term for term in terms if term[0]]


def test_tokens_given_are_not_analysed_again() -> None:
    tokens = ANALYZER.tokens(SENTENCE)
    fresh = Analyzer()
    fresh.tokens = None  # type: ignore[method-assign]
    for exact, field in ((False, TEXT_FIELD), (True, EXACT_FIELD)):
        assert [t.text for t in WordAnalyzer(fresh, exact)(tokens)] == [
            t.text for t in field.analyzer(SENTENCE)
        ]
        given = TEXT(analyzer=WordAnalyzer(fresh, exact)).index(Analysed(SENTENCE, tokens))
        assert list(given) == list(field.index(SENTENCE))


def test_weights_become_boosts() -> None:
    tokens = ANALYZER.tokens("pause pause talks")
    (pause, talks) = TEXT_FIELD.index(Analysed("", tokens, [3.0, 1.0, 1.0]))
    assert pause[:3] == (b"paus", 2, 4.0)
    assert talks[:3] == (b"talk", 1, 1.0)


def test_a_query_is_read_as_a_query() -> None:
    assert list(TEXT_FIELD.process_text("US pauses — cease-fire", mode="query")) == ["US", "paus", "ceasefir"]
    assert list(EXACT_FIELD.process_text("US pauses — cease-fire", mode="query")) == [
        "US",
        "pauses",
        "ceasefire",
    ]


def test_whoosh_indexes_and_finds_with_it() -> None:
    schema = Schema(text=TEXT_FIELD, text_exact=EXACT_FIELD)
    index = RamStorage().create_index(schema)
    with index.writer() as writer:
        text = Analysed(SENTENCE, ANALYZER.tokens(SENTENCE))
        writer.add_document(text=text, text_exact=text)
    with index.searcher() as searcher:
        assert len(searcher.search(Term("text", "talk"))) == 1
        assert len(searcher.search(Phrase("text_exact", ["cease-fire", "talks", "ended"]))) == 1
        assert len(searcher.search(Phrase("text_exact", ["fire", "ended"]))) == 0
