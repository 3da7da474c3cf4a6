"""Promise: a text that is cut still shows its first mark, in whole words, and says that it was cut."""

from hypothesis import given
from hypothesis import strategies as st

from indexer.present.clip import clip

TEXTS = st.lists(st.sampled_from(["a", "word", "longerword", "x" * 30]), min_size=1, max_size=40).map(" ".join)


@given(TEXTS, st.data())
def test_the_first_mark_is_kept_and_marks_stay_on_their_words(text, data):
    limit = data.draw(st.integers(20, 60))
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, min(len(text), start + 10)))
    shown, marks = clip(text, ((start, end),), limit)
    assert len(shown) <= limit + 4 or shown == text
    assert [shown[a:b] for a, b in marks] == [text[start:end]]
    assert shown.removeprefix("… ").removesuffix(" …") in text
    assert shown.startswith("…") or text.startswith(shown.removesuffix(" …"))


def test_a_short_text_is_left_alone():
    assert clip("short", ((0, 5),), 5) == ("short", ((0, 5),))


def test_without_marks_the_beginning_is_shown():
    assert clip("one two three four", (), 9) == ("one two …", ())
