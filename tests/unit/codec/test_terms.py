import re
from fnmatch import translate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.codec.terms import Terms, decode, encode, letter_sets, write_terms
from indexer.storage.directory import FileDirectory
from indexer.storage.section_writer import SectionFileWriter
from indexer.storage.sections import SectionFile

WORDS = st.text("abcé東\ud800\U0010ffff", max_size=6)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("terms")


def stored(folder, words, letters=True):
    directory = FileDirectory(folder)
    directory.delete("t")
    out = SectionFileWriter(directory, "TEST", 1)
    write_terms(out, "x", sorted(map(encode, set(words))), letters)
    out.finish("t", {})
    return Terms(SectionFile.open(directory, "t", "TEST", 1), "x")


@given(words=st.sets(WORDS), other=WORDS)
def test_terms_are_in_order_and_found_by_their_number(folder, words, other):
    terms = stored(folder, words)
    ordered = sorted(words)
    assert [decode(term) for term in terms] == ordered == [decode(term) for term in terms[:]]
    for number, word in enumerate(ordered):
        assert (terms.find(encode(word)), terms[number]) == (number, encode(word))
    if other not in words:
        assert terms.find(encode(other)) == -1
    for outside in (-1, len(words)):
        with pytest.raises(IndexError):
            terms[outside]


@given(words=st.sets(WORDS), prefix=WORDS)
def test_a_prefix_is_an_interval(folder, words, prefix):
    low, high = stored(folder, words).from_prefix(encode(prefix))
    assert sorted(words)[low:high] == sorted(word for word in words if word.startswith(prefix))


@given(words=st.sets(st.text("abcé", max_size=6)), pattern=st.text("ab*é", max_size=4))
def test_an_expression_runs_over_whole_terms_of_a_range(folder, words, pattern):
    terms = stored(folder, words)
    expression = b"".join(rb"[^\n]*" if sign == "*" else re.escape(encode(sign)) for sign in pattern)
    matches = re.compile(translate(pattern)).match
    expected = [number for number, word in enumerate(sorted(words)) if matches(word)]
    assert terms.matching(expression) == expected
    half = len(words) // 2
    assert terms.matching(expression, half) == [number for number in expected if number >= half]
    assert terms.matching(expression, 0, half) == [number for number in expected if number < half]


@given(words=st.sets(WORDS, min_size=1))
def test_letters_and_lengths_are_those_of_the_bytes(folder, words):
    terms = stored(folder, words)
    for number, term in enumerate(terms):
        assert terms.lengths(number, number + 1).tolist() == [len(term)]
        assert terms.letters(number, number + 1).tolist() == [sum({1 << (byte & 31) for byte in term})]


def test_the_end_of_all_bytes_is_a_prefix_too(folder):
    directory = FileDirectory(folder)
    directory.delete("t")
    out = SectionFileWriter(directory, "TEST", 1)
    write_terms(out, "x", [b"a", b"\xfe\xff", b"\xff", b"\xff\xff"])
    out.finish("t", {})
    terms = Terms(SectionFile.open(directory, "t", "TEST", 1), "x")
    assert terms.from_prefix(b"\xff") == (2, 4)
    assert terms.from_prefix(b"\xfe\xff") == (1, 2)
    assert terms.from_prefix(b"") == (0, 4)


def test_letters_of_no_terms_are_none():
    import numpy as np

    assert letter_sets(np.empty(0, np.uint8), np.zeros(1, np.int64)).tolist() == []
