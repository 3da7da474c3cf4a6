"""What does a program get? JSON in ASCII whose keys are always there and never change type.

A document    {"query": text, "total": int, "exact_total": int, "advice": advice or null,
               "results": [hit, ...]}
A hit         {"rank": int, "id": text, "date": "YYYY-MM-DD" or null, "headline": text,
               "headline_marks": marks, "summary": text, "summary_marks": marks, "source": text or null,
               "path": text, "score": number, "exact": bool, "copies": [text, ...],
               "passages": [passage, ...]}
A passage     {"paragraph": int, "line": int, "text": text, "marks": marks, "excerpt": marks, "exact": bool}
              text is whole sentences, excerpt what to show of them where there is little room
advice        {"words": [{"text": text, "total": int}, ...], "corrections": [query, ...],
               "other_dates": query or null, "any_word": int}
              where hardly anything was found: how many articles have each thing asked for, other spellings,
              the query without its date limits, how many articles have at least one of the words
query         {"query": text, "total": int, "first": "YYYY-MM-DD" or null, "last": the same}
marks         [[start, end], ...] code points of the text beside them

With --explain a document has "explanation" as well (see ``explanation``). ``exact_total`` is 0 where the
query is no phrase. ``path`` is relative to the archive.
"""

import json
from collections.abc import Iterator
from typing import Any

from indexer.present import days
from indexer.present.clip import PASSAGE, excerpt
from indexer.search.results import Advice, Hit, Marks, Passage, Reading, Results, Suggestion


def document(results: Results) -> Iterator[str]:
    """The lines of one JSON document, a hit a line; whole and valid when there are no hits."""
    head: dict[str, Any] = {
        "query": results.query,
        "total": results.total,
        "exact_total": results.exact_total or 0,
        "advice": _advice(results.advice),
    }
    if results.explanation is not None:
        from indexer.present import explanation  # only where one is asked for

        head["explanation"] = explanation.record(results.explanation)
    opening = f'{dump(head)[:-1]},"results":['
    if not results.hits:
        yield f"{opening}]}}"
        return
    yield opening
    last = len(results.hits) - 1
    for at, hit in enumerate(results.hits):
        yield dump(record(hit)) + ("" if at == last else ",")
    yield "]}"


def _advice(advice: Advice | None) -> dict[str, Any] | None:
    if advice is None:
        return None
    other = advice.other_dates
    return {
        "words": [{"text": text, "total": total} for text, total in advice.words],
        "corrections": list(map(_suggestion, advice.corrections)),
        "other_dates": None if other is None else _suggestion(other),
        "any_word": advice.any_word,
    }


def _suggestion(found: Suggestion) -> dict[str, Any]:
    first, last = days.iso(found.first_day), days.iso(found.last_day)
    return {"query": found.query, "total": found.total, "first": first, "last": last}


def lines(results: Results) -> Iterator[str]:
    """One JSON object a line, one line a hit."""
    return (dump(record(hit)) for hit in results.hits)


def article(reading: Reading) -> str:
    """One whole article: a hit whose ``passages`` are all its paragraphs."""
    whole = record(reading.hit)
    whole["passages"] = [_passage(paragraph) for paragraph in reading.paragraphs]
    return dump(whole)


def record(hit: Hit) -> dict[str, Any]:
    """A hit as JSON knows it."""
    return {
        "rank": hit.rank,
        "id": hit.id,
        "date": days.iso(hit.day),
        "headline": hit.headline,
        "headline_marks": _marks(hit.headline_marks),
        "summary": hit.summary,
        "summary_marks": _marks(hit.summary_marks),
        "source": hit.source or None,
        "path": hit.path,
        "score": round(float(hit.score), 6),
        "exact": hit.exact,
        "copies": list(hit.copies),
        "passages": [_passage(passage) for passage in hit.passages],
    }


def _passage(passage: Passage) -> dict[str, Any]:
    return {
        "paragraph": passage.paragraph,
        "line": passage.line,
        "text": passage.text,
        "marks": _marks(passage.marks),
        "excerpt": _marks(excerpt(passage.text, passage.marks, PASSAGE)),
        "exact": passage.exact,
    }


def _marks(marks: Marks) -> list[list[int]]:
    return [[start, end] for start, end in marks]


def dump(value: Any) -> str:
    """Compact ASCII JSON without the numbers that JSON does not have.

    >>> dump({"a": "é"})
    '{"a":"\\\\u00e9"}'
    """
    return json.dumps(value, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
