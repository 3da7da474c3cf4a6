from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis import Analyzer
from indexer.analysis.sentences import sentences
from indexer.codec.sentence_rows import sentence_rows
from indexer.documents.article import paragraphs

ANALYZER = Analyzer()


def analysed(texts, gap=100):
    tokens, start = [], 0
    for text in texts:
        tokens.append(ANALYZER.tokens(text, start))
        start = (tokens[-1][-1].position + 1 if tokens[-1] else start) + gap
    return tuple(tokens)


def test_every_part_and_every_paragraph_opens_one():
    texts = (
        "Pauses agreed",
        "It was late. It was dark.",
        "He met Gen. Lee. They spoke.\n\nThe cease-fire held.",
    )
    tokens = analysed(texts)
    rows = sentence_rows(texts, tokens)
    whole = "".join(texts)
    begins = [whole[row.offset :].split()[0] for row in rows]
    assert begins == ["Pauses", "It", "It", "He", "They", "The"]
    assert [row.opens for row in rows] == [True, True, False, True, False, True]
    assert [row.position for row in rows] == [0, 102, 105, 208, 212, 214]


def test_an_article_of_nothing_has_no_sentence():
    assert sentence_rows(("", "", ""), ([], [], [])) == []


def test_a_sentence_without_words_stands_before_the_next_word():
    texts = ("", "", "First one.\n\n* * *\n\nLast one.\n\n* * *")
    rows = sentence_rows(texts, analysed(texts))
    assert [row.position for row in rows] == [200, 202, 202, 204]


@given(st.tuples(*[st.text("aB. \n!?’-é1", max_size=60)] * 3))
def test_rows_ascend_and_every_word_is_in_the_sentence_that_its_letters_are_in(texts):
    tokens = analysed(texts)
    rows = sentence_rows(texts, tokens)
    assert rows == sorted(rows)
    base = 0
    for number, (text, words) in enumerate(zip(texts, tokens, strict=True)):
        spans = paragraphs(text) if number == 2 else [(0, len(text))]
        starts = [base + start + begin for start, end in spans for begin, _ in sentences(text[start:end])]
        assert {row.offset for row in rows if base <= row.offset < base + len(text)} == set(starts)
        for word in words:
            by_letter = max(row.offset for row in rows if row.offset <= base + word.start)
            by_position = max(row.offset for row in rows if row.position <= word.position)
            assert by_letter == by_position
        base += len(text)
