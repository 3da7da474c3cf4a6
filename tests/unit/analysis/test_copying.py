"""What is a copy: edits, cuts, other headlines and bylines; what is not: anything that brings news."""

from random import Random

import pytest

from indexer.analysis.copying import LEAST, PASSAGE, is_copy, wording

WORDS = [f"word{letter}{other}" for letter in "abcdefghijklmnopqrst" for other in "abcdefghijklmnopqrst"]


def story(seed: int = 1, count: int = 300) -> list[str]:
    """The words of a story in paragraphs of 30."""
    random = Random(seed)
    return [random.choice(WORDS) for _ in range(count)]


def copied(one: list[str], other: list[str], ordered: bool = True, headlines: tuple[str, str] = ("A", "B")) -> bool:
    first, second = (wording(head, " ".join(words)) for head, words in zip(headlines, (one, other), strict=True))
    return is_copy(first, second, ordered=ordered)


STORY = story()
OTHER = story(2)
CHANGED = [word if at % 25 else "changed" for at, word in enumerate(STORY)]
COPIES = {
    "the same": STORY,
    "a word in 25 is another": CHANGED,
    "cut to its first half": STORY[:150],
    "cut to its first half in the midst of a changed text": CHANGED[:155],
    "with a byline": ["by", "rosa", "tellier", *STORY, "with", "agencies"],
    "paragraphs have changed places": [*STORY[:30], *STORY[60:90], *STORY[30:60], *STORY[90:]],
}
NEWS = {
    "another story": OTHER,
    "a paragraph added on top": OTHER[:30] + STORY,
    "a paragraph added in the midst": STORY[:150] + OTHER[:30] + STORY[150:],
    "one in four words is another": [word if at % 3 else "changed" for at, word in enumerate(STORY)],
    "a follow-up that repeats three paragraphs": OTHER[:200] + STORY[:90],
}


@pytest.mark.parametrize("ordered", [True, False])
@pytest.mark.parametrize("how", COPIES)
def test_a_copy_is_known_whatever_was_done_to_it(how: str, ordered: bool) -> None:
    assert copied(STORY, COPIES[how], ordered)


@pytest.mark.parametrize("ordered", [True, False])
@pytest.mark.parametrize("how", NEWS)
def test_what_brings_news_is_no_copy(how: str, ordered: bool) -> None:
    assert not copied(STORY, NEWS[how], ordered)


def test_without_an_order_it_does_not_matter_which_comes_first() -> None:
    for words in (*COPIES.values(), *NEWS.values()):
        assert copied(STORY, words, ordered=False) == copied(words, STORY, ordered=False)


def test_a_later_text_with_more_at_its_end_is_no_copy_and_an_earlier_one_is() -> None:
    longer = STORY + OTHER[:60]
    assert not copied(STORY, longer)
    assert copied(longer, STORY)
    assert copied(STORY, longer, ordered=False)


def test_what_an_editor_cut_in_the_midst_makes_a_copy_only_of_an_earlier_text() -> None:
    cut = STORY[:100] + STORY[100 + 2 * PASSAGE :]
    assert copied(STORY, cut)
    assert not copied(STORY, cut, ordered=False)


@pytest.mark.parametrize(
    ("figure", "other", "same"),
    [("14", "11", False), ("14", "1.4", False), ("1,400", "1400", True), ("seven", "7", True), ("3.0", "three", True)],
)
def test_a_corrected_figure_is_news_and_one_in_another_style_is_not(figure: str, other: str, same: bool) -> None:
    assert copied([*STORY[:100], figure, *STORY[100:]], [*STORY[:100], other, *STORY[100:]]) == same


def test_short_texts_are_compared_with_their_headlines() -> None:
    dividend = ["qtly", "div", "10", "cts", "vs", "10", "cts", "prior", "pay", "april", "15", "record", "march", "31"]
    thompson, kenan = "Thompson Medical Co Inc Sets Quarterly Dividend", "Kenan Transport Corp Pays the Usual Amount"
    assert copied(dividend, dividend, headlines=(thompson, thompson))
    assert not copied(dividend, dividend, headlines=(thompson, kenan))


@pytest.mark.parametrize("count", [0, 1, LEAST - 2])
def test_texts_with_hardly_a_word_are_no_copies(count: int) -> None:
    assert not copied(STORY[:count], STORY[:count], ordered=False)


def test_one_sentence_of_a_story_is_no_copy_of_it() -> None:
    assert not copied(STORY, STORY[:90])
    assert copied(STORY, STORY[:110])
