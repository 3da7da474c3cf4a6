"""Where do the date, headline, summary and story of a text begin?

Blank lines are not counted here, unless a rule speaks of them.

Date: the first line may begin with the word ``date`` (any case, perhaps a colon) and a date, or with a date
in figures; what follows on that line is the headline. Otherwise one of the first four lines may be a date and
nothing else, perhaps after ``date``, ``published`` or ``posted``. Otherwise the article is undated.

Headline: the rest of the date line, or the first line. A line of more than 300 characters (4,096 bytes where
a date line announces it) is a paragraph, and the article has no headline.

Summary: the second line, that is the one after the headline, unless it opens with a dateline, is a byline, a
date or the last line, repeats the headline or is part of a wrapped paragraph. When the line after it opens
with a dateline, 20 to 500 characters are a summary. Without that sign 20 to 250 are, and then, in a text
without a date line, it must stand directly under the headline.

Source: the agency in the first dateline found on the four lines after the headline.
"""

import re
from typing import NamedTuple

from indexer.documents.article import paragraphs
from indexer.documents.blanks import first_lines, one_line
from indexer.documents.dateline import opens_story, source_of
from indexer.documents.dates import Written, leading_date, whole_date
from indexer.documents.refusal import Refused
from indexer.limits import LIMITS

HEADLINE_LONGEST = 300
SUMMARY_SHORTEST = 20
SUMMARY_LONGEST = 250
SUMMARY_LONGEST_BEFORE_DATELINE = 500

_LINES_LOOKED_AT = 6
_DATE_WORD = re.compile(r"[ \t#*]*date(?:[ \t]*:[ \t]*|[ \t]+)", re.IGNORECASE)
_OWN_LINE_WORD = re.compile(r"[ \t#*]*(?:date|published|posted)?(?: on)?[ \t]*:?[ \t]*", re.IGNORECASE)
_AFTER_DATE = " \t:,|*-–—"
_HEADING = re.compile(r"#{1,6} ")
_BYLINE = re.compile(r"[Bb][Yy] [A-Z][^.?!]{1,80}$")

Span = tuple[int, int]


class Header(NamedTuple):
    """What the first lines say; ``body`` is the offset at which the story begins."""

    day: int | None
    headline: str
    summary: str
    source: str | None
    body: int
    rules: tuple[tuple[str, str], ...]


class _Dated(NamedTuple):
    """The date, the rule it was found by, whether it is on the first line, and the lines without it."""

    day: int | None
    rule: str
    first: bool
    lines: list[Span]


def read_header(text: str, start: int = 0) -> Header:
    """The header at ``start`` of a text with unified newlines. Raises Refused when nothing is there."""
    lines = first_lines(text, _LINES_LOOKED_AT, start)
    if not lines:
        raise Refused("empty")
    date = _first_line_date(text, lines) or _own_line_date(text, lines)
    headline, headline_rule, lines = _headline(text, date)
    summary, summary_rule, lines = _summary(text, lines, headline, date.first)
    body = lines[0][0] if lines else len(text)
    sources = [name for start, end in lines[:4] if (name := source_of(text[start : min(end, start + 100)]))]
    rules = [("date", date.rule), ("headline", headline_rule), ("summary", summary_rule)]
    rules.append(("source", "dateline" if sources else "none: no dateline names an agency"))
    return Header(date.day, headline, summary, sources[0] if sources else None, body, tuple(rules))


def _first_line_date(text: str, lines: list[Span]) -> _Dated | None:
    """The date that the first line begins with."""
    start, end = lines[0]
    line = text[start : min(end, start + LIMITS.header_bytes)]
    word = _DATE_WORD.match(line)
    skip = word.end() if word else len(line) - len(line.lstrip())
    written = leading_date(line[skip:]) if word or line[skip : skip + 4].isdigit() else None
    if written is None or (word is None and written.day is None):
        return None
    after = line[skip + written.end :]
    start += len(line) - len(after.lstrip(_AFTER_DATE))
    rest = [(start, end)] if text[start:end].strip() else []
    rule = "date line" if word else "date at the start of the first line"
    return _dated(written, rule, rest + lines[1:], True)


def _own_line_date(text: str, lines: list[Span]) -> _Dated:
    """The date that has one of the first lines to itself."""
    for i, (start, end) in enumerate(lines[:4]):
        line = text[start:end] if end - start <= 120 else ""
        written = whole_date(line) or whole_date(_OWN_LINE_WORD.sub("", line, count=1).strip(" \t*"))
        if written:
            return _dated(written, "date on a line of its own", lines[:i] + lines[i + 1 :], False)
    return _Dated(None, "undated: no date line", False, lines)


def _dated(written: Written, rule: str, lines: list[Span], first: bool) -> _Dated:
    return _Dated(written.day, f"undated: {written.trouble}" if written.trouble else rule, first, lines)


def _headline(text: str, date: _Dated) -> tuple[str, str, list[Span]]:
    if not date.lines:
        return "", "none: nothing follows the date", []
    start, end = date.lines[0]
    longest = LIMITS.header_bytes if date.first else HEADLINE_LONGEST
    if end - start > longest or len(text[start:end].encode()) > LIMITS.header_bytes:
        return "", "none: the first line is as long as a paragraph", date.lines
    line = one_line(text[start:end])
    heading = _HEADING.match(line)
    inside = start > 0 and text[start - 1] != "\n"
    rule = "rest of the date line" if inside else "first line after the date" if date.day else "first line"
    return line[heading.end() :] if heading else line, rule, date.lines[1:]


def _summary(text: str, lines: list[Span], headline: str, dated: bool) -> tuple[str, str, list[Span]]:
    """``lines`` are those after the headline."""
    longest = SUMMARY_LONGEST_BEFORE_DATELINE
    opening = [text[start : min(end, start + longest + 1)] for start, end in lines[:3]]
    obstacle = _obstacle(opening, headline)
    if obstacle:
        return "", f"none: {obstacle}", lines
    following = opening[2:] if _is_byline(opening[1]) else opening[1:]
    if following and opens_story(following[0]) and len(opening[0]) <= longest:
        return one_line(opening[0]), "second line, before the dateline", lines[1:]
    obstacle = _obstacle_without_dateline(text, lines[0], dated)
    if obstacle:
        return "", f"none: {obstacle}", lines
    return one_line(opening[0]), "second line, not a story paragraph", lines[1:]


def _obstacle(opening: list[str], headline: str) -> str:
    """Why the first of these lines cannot be a summary whatever comes next."""
    if not opening:
        return "nothing follows the headline"
    if opens_story(opening[0]):
        return "the second line opens with a dateline"
    if _is_byline(opening[0]):
        return "the second line is a byline"
    line = opening[0].strip()
    if len(line) < SUMMARY_SHORTEST or whole_date(line):
        return f"the second line is a date, or has fewer than {SUMMARY_SHORTEST} characters"
    if one_line(line).casefold() == headline.casefold():
        return "the second line repeats the headline"
    return "" if len(opening) > 1 else "the second line is the last"


def _obstacle_without_dateline(text: str, line: Span, dated: bool) -> str:
    """Why this line cannot be a summary when no dateline follows it."""
    start, end = line
    if end - start > SUMMARY_LONGEST:
        return f"the second line has more than {SUMMARY_LONGEST} characters"
    above = text[text.rfind("\n", 0, max(start - 1, 0)) + 1 : start]
    if not dated and not above.strip():
        return "a blank line follows the headline"
    first_paragraph = paragraphs(text[start : start + LIMITS.header_bytes])[0]
    return "the second line is part of a wrapped paragraph" if start + first_paragraph[1] > end else ""


def _is_byline(line: str) -> bool:
    return _BYLINE.match(line.strip()) is not None
