"""What holds for the words of any text whatsoever."""

from unicodedata import normalize

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from indexer.analysis.analyzer import Analyzer
from indexer.limits import LIMITS

ANALYZER = Analyzer()
WHITE_BOX = "aAbBzZ09 .,'’‘-‐–—&/_@éÉßøŒıİ\u0301\u0308\u200b\xad“”«½Ⅷ①ﬁｶﾞ東日ガ한ᄀ\u1161\u11a8йёЖσςΆال\u064eشहि\u093f\ud800😀ª™´"
TEXTS = st.one_of(
    st.text(max_size=60),
    st.text(st.sampled_from(WHITE_BOX), max_size=40),
    st.text(st.sampled_from("aA0.,'-& "), max_size=40),
)


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_tokens_stand_in_order_inside_the_text(text: str) -> None:
    tokens = ANALYZER.tokens(text)
    assert [t.position for t in tokens] == sorted(t.position for t in tokens)
    assert {t.position for t in tokens} == set(range(len({t.position for t in tokens})))
    assert [(t.position, t.start) for t in tokens] == sorted((t.position, t.start) for t in tokens)
    first_starts = [t.start for i, t in enumerate(tokens) if not i or tokens[i - 1].position != t.position]
    assert first_starts == sorted(first_starts)
    for token in tokens:
        assert 0 <= token.start < token.end <= len(text)
        assert token.stem or token.form
        assert len(token.stem.encode()) <= LIMITS.term_bytes
        assert len(token.form.encode()) <= LIMITS.term_bytes


@given(TEXTS)
@settings(max_examples=400, deadline=None)
@example("0.\u093a\u1161")  # a vowel of a syllable that never began
@example("A'M we've WE'RE I'm-told")
def test_the_text_of_a_token_analyses_to_the_token_again(text: str) -> None:
    for token in ANALYZER.tokens(text):
        again = ANALYZER.tokens(text[token.start : token.end])
        assert token.stem in {t.stem for t in again} | {""}
        assert token.form in {t.form for t in again} | {""}


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_composed_and_decomposed_spellings_give_the_same_terms(text: str) -> None:
    def terms(spelling: str) -> list[tuple[int, str, str]]:
        return [t[2:] for t in ANALYZER.tokens(spelling)]

    assert terms(text) == terms(normalize("NFC", text)) == terms(normalize("NFD", text))


@given(TEXTS, TEXTS)
@settings(max_examples=200, deadline=None)
def test_a_text_is_the_sum_of_its_parts(left: str, right: str) -> None:
    first, second = ANALYZER.tokens(left), ANALYZER.tokens(right)
    words = first[-1].position + 1 if first else 0
    shift = len(left) + 1
    moved = [
        t._replace(start=t.start + shift, end=t.end + shift, position=t.position + words) for t in second
    ]
    assert ANALYZER.tokens(f"{left}\n{right}") == [*first, *moved]


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_a_memory_does_not_change_the_answer(text: str) -> None:
    assert Analyzer().tokens(text) == ANALYZER.tokens(text)


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_a_word_finds_the_text_that_holds_it(text: str) -> None:
    """For every chunk typed as it stands there is an alternative whose terms stand there at adjacent positions."""
    for raw in text.split():
        tokens = ANALYZER.tokens(raw)
        for exact in (False, True):
            alternatives = ANALYZER.query_word(raw, exact=exact)
            assert bool(alternatives) == bool(tokens)
            field = "form" if exact else "stem"
            at = [set() for _ in range(tokens[-1].position + 1)] if tokens else []
            for token in tokens:
                at[token.position].add(getattr(token, field))
            assert not tokens or any(
                len(row) <= len(at) and any(
                    all(term in at[start + i] for i, term in enumerate(row)) for start in range(len(at) - len(row) + 1)
                )
                for row in alternatives
            )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "e" + "\u0301\u0327" * 100_000,
        "a" * 1_000_000,
        "é" * 200_000,
        "a." * 100_000,
        "a.bc." * 40_000,
        "a-" * 100_000,
        "a'" * 100_000,
        "a&" * 100_000,
        "1,00," * 40_000,
        "1,000," * 40_000,
        "1." * 100_000,
        "東" * 60_000,
        "\u200b" * 40_000,
        "\u0301" * 40_000,
        ".-'" * 60_000,
        "é.-'" * 40_000,
    ],
    ids=lambda text: f"{text[:5]!a}",
)
@pytest.mark.timeout(30)  # a square law would take minutes
def test_a_hostile_text_is_read_to_its_end(text: str) -> None:
    tokens = ANALYZER.tokens(text)
    assert all(0 <= token.start < token.end <= len(text) for token in tokens)
