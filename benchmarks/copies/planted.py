"""What may become of a story in other papers? Copies and new versions made of real texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import NamedTuple

Paragraphs = list[str]


class Version(NamedTuple):
    """One version of a story: ``kind`` says what was done to it, ``copy`` whether it is to be folded."""

    kind: str
    copy: bool
    headline: str
    body: str
    days_later: int


def versions(headline: str, body: str, other: str, random: Random) -> Iterator[Version]:
    """Yield the versions of one story; paragraphs that are added are of ``other``, an unrelated one."""
    story, news = body.split("\n\n"), other.split("\n\n")
    for kind, (copy, change) in KINDS.items():
        changed = change(list(story), news, random)
        title = headline if kind in ("same", "edits") else " ".join(other.split()[:8])
        yield Version(kind, copy, title, "\n\n".join(changed), random.choice((0, 1, 2)))


def _same(story: Paragraphs, news: Paragraphs, random: Random) -> Paragraphs:
    return story


def _edits(story: Paragraphs, news: Paragraphs, random: Random) -> Paragraphs:
    """One word in 30 goes or becomes another; figures stay."""
    words = " ".join(news).split()

    def edited(word: str) -> str:
        if random.random() > 1 / 30 or any(map(str.isdigit, word)):
            return word
        return random.choice(("", *(other for other in random.sample(words, 2) if other.isalpha())))

    return [" ".join(filter(None, map(edited, paragraph.split()))) for paragraph in story]


def _truncated(story: Paragraphs, news: Paragraphs, random: Random) -> Paragraphs:
    words = sum(len(paragraph.split()) for paragraph in story)
    room = int(words * random.uniform(0.45, 0.9))
    kept: Paragraphs = []
    for paragraph in story:
        taken = paragraph.split()[:room]
        room -= len(taken)
        if taken:
            kept.append(" ".join(taken))
    return kept


def _bylined(story: Paragraphs, news: Paragraphs, random: Random) -> Paragraphs:
    return ["By Rosa Tellier", f"ALDERMOUTH (Harbour Wire) -- {story[0]}", *story[1:], "With agencies."]


def _all_at_once(story: Paragraphs, news: Paragraphs, random: Random) -> Paragraphs:
    return _bylined(_edits(_truncated(story, news, random), news, random), news, random)


def _written_through(story: Paragraphs, news: Paragraphs, random: Random) -> Paragraphs:
    """A new top, and what was there below it."""
    return [*_passage(news, 40), *story]


def _extended(story: Paragraphs, news: Paragraphs, random: Random) -> Paragraphs:
    middle = max(1, len(story) // 2)
    return [*story[:middle], *_passage(news, 40), *story[middle:]]


def _followed_up(story: Paragraphs, news: Paragraphs, random: Random) -> Paragraphs:
    """Another story with two paragraphs of background from the first."""
    return [*news, *story[:2]]


def _corrected(story: Paragraphs, news: Paragraphs, random: Random) -> Paragraphs:
    """Every figure of one paragraph is another, or the story has one figure more."""
    at = next((at for at, paragraph in enumerate(story) if any(map(str.isdigit, paragraph))), None)
    if at is None:
        return [f"{story[0]} The number is 4,711.", *story[1:]]
    digits = str.maketrans("0123456789", "1357924680")
    return [*story[:at], story[at].translate(digits), *story[at + 1 :]]


def _passage(news: Paragraphs, least: int) -> Paragraphs:
    """The first paragraphs that have ``least`` words together."""
    taken: Paragraphs = []
    for paragraph in news:
        taken.append(paragraph)
        if sum(len(paragraph.split()) for paragraph in taken) >= least:
            break
    return taken


KINDS: dict[str, tuple[bool, Callable[[Paragraphs, Paragraphs, Random], Sequence[str]]]] = {
    "same, other date": (True, _same),
    "headline": (True, _same),
    "edits": (True, _edits),
    "truncation": (True, _truncated),
    "byline": (True, _bylined),
    "all of these": (True, _all_at_once),
    "write-through on top": (False, _written_through),
    "write-through in the midst": (False, _extended),
    "follow-up": (False, _followed_up),
    "correction": (False, _corrected),
}
