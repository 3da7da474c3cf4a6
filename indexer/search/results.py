"""What does a search hand back? Values only: spans and numbers, never markup."""

from datetime import date
from typing import NamedTuple

Marks = tuple[tuple[int, int], ...]
"""Code-point offsets (start, end) into the text beside them, ascending, not overlapping."""


class Passage(NamedTuple):
    """Whole sentences of one paragraph, verbatim, with the matched words marked."""

    paragraph: int  # 1-based
    line: int  # 1-based line of the seed file on which the paragraph starts
    text: str
    marks: Marks
    exact: bool  # True when the whole query stands here as it was written


class Hit(NamedTuple):
    """One article of the answer."""

    rank: int  # 1-based over all pages
    id: str  # as shown: 8 hex digits or more where needed; a document's own id whole
    day: int | None  # datetime.date.toordinal(); None = undated
    headline: str
    headline_marks: Marks
    summary: str
    summary_marks: Marks
    source: str | None
    path: str  # relative to the archive, e.g. "seeds/x.txt"
    score: float
    exact: bool
    copies: tuple[str, ...]  # ids of matching articles that say the same, earliest first
    passages: tuple[Passage, ...]

    @property
    def date(self) -> date | None:
        """The day of publication, or None for an undated article."""
        return None if self.day is None else date.fromordinal(self.day)


class Suggestion(NamedTuple):
    """Another query and what it would find."""

    query: str
    total: int  # articles; never 0
    first_day: int | None  # span over them, ordinals
    last_day: int | None


class Advice(NamedTuple):
    """What a reader may try who found nothing, or hardly anything."""

    words: tuple[
        tuple[str, int], ...
    ] = ()  # each thing asked for, and the articles within the dates that have it
    corrections: tuple[Suggestion, ...] = ()  # with words of the archive in place of others, likeliest first
    other_dates: Suggestion | None = None  # without the date limits
    any_word: int = 0  # articles within the dates that hold at least one of the words


class Way(NamedTuple):
    """One way in which an article may hold what was asked for: ``how``, and the words with their articles."""

    how: str
    words: tuple[tuple[str, int], ...]  # the most frequent
    more: int = 0  # further words


class Told(NamedTuple):
    """One thing in a query as understood."""

    text: str
    excluded: bool
    articles: int  # within the dates
    ways: tuple[Way, ...]


class Points(NamedTuple):
    """What one word adds to the score of an article: boost * idf * impact of weight and length."""

    term: str
    exact: bool  # as written; else in any form
    boost: float
    idf: float
    weight: float  # occurrences, each counted by the part of the article that it stands in
    length: int  # words of the article, rounded as the index keeps it
    points: float


class Explanation(NamedTuple):
    """How a query was understood and answered."""

    understood: str  # the query, written out as it was read
    told: tuple[Told, ...]
    points: tuple[tuple[Points, ...], ...]  # of each hit on the page
    average: float  # words in an article
    k1: float
    b: float
    seconds: float
    lists: int  # of words that were read
    postings: int  # documents in them
    tokens: int  # places in documents


class Results(NamedTuple):
    """One page of the answer, and what is known about the whole of it."""

    query: str
    total: int  # matching articles
    exact_total: int | None  # of them, those with the query as a phrase as written; None = does not apply
    hits: tuple[Hit, ...]
    page: int  # 1-based
    limit: int  # hits a page; 0 = all on one
    first_day: int | None  # span over all matching articles, ordinals
    last_day: int | None
    undated_left_out: int  # matching articles that a date limit leaves out because they have no date
    phrase: bool  # True when the query is several plain words, so that "exact phrase in N" makes sense
    since: int | None  # the date limits as understood, ordinals, inclusive
    until: int | None
    notes: tuple[str, ...]  # one-line remarks for the reader, such as "the quote was closed"
    entries: int | None = None  # hits on all pages, copies folded; None where nobody has counted
    advice: Advice | None = None
    explanation: Explanation | None = None

    @property
    def more(self) -> bool:
        """Whether there is a page after this one."""
        entries = self.total if self.entries is None else self.entries
        return bool(self.hits) and self.hits[-1].rank < entries


class Reading(NamedTuple):
    """One whole article with its matched words marked."""

    hit: Hit
    paragraphs: tuple[Passage, ...]
