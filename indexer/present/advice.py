"""What is said to a reader who found nothing, or hardly anything?

ceasfire 0 · tokyo 41
Did you mean  ceasefire tokyo ?  3 articles in December 2023
Other dates   search ceasefire tokyo   19 articles, 8 Nov 2023 – 4 Mar 2024
"""

from __future__ import annotations

from collections.abc import Iterator

from indexer.present import days
from indexer.present.escape import visible
from indexer.search.results import Results


def plural(count: int, noun: str, many: str = "") -> str:
    """
    >>> plural(1, "article"), plural(1200, "article"), plural(2, "entry", "entries")
    ('1 article', '1,200 articles', '2 entries')
    """
    return f"{count:,} {noun if count == 1 else many or noun + 's'}"


def lines(results: Results) -> Iterator[str]:
    """The lines of the advice that comes with ``results``; none where there is none."""
    advice = results.advice
    if advice is None:
        return
    if advice.words:
        yield "  " + " · ".join(f"{visible(word)} {count:,}" for word, count in advice.words)
    yield from corrections(results)
    if advice.other_dates is not None:
        found = advice.other_dates
        articles = ", ".join(
            filter(None, (plural(found.total, "article"), days.span(found.first_day, found.last_day)))
        )
        yield f"  Other dates   {command(found.query)}   {articles}"
    if advice.any_word:
        yield f"  Any word      {command(results.query, '--any')}   {plural(advice.any_word, 'article')}"


def corrections(results: Results) -> Iterator[str]:
    """The lines with other spellings."""
    when = days.period(results.since, results.until)
    for number, found in enumerate(results.advice.corrections if results.advice else ()):
        lead = "Did you mean" if number == 0 else "or          "
        yield f"  {lead}  {visible(found.query)} ?  {plural(found.total, 'article')} {when}".rstrip()


def command(query: str, *options: str) -> str:
    """The search for ``query`` as one types it into a shell.

    >>> command("gaza aid", "--any"), command('"gaza aid"')
    ('search --any gaza aid', 'search \\'"gaza aid"\\'')
    """
    from shlex import quote

    words = query.split()
    plain = all(quote(word) == word and not _looks_like_an_option(word) for word in words)
    shown = [query] if plain else ["--", quote(query)] if query.startswith("-") else [quote(query)]
    return visible(" ".join(["search", *options, *shown]))


def _looks_like_an_option(word: str) -> bool:
    """Whether the command line might take a word that leaves something out for an option."""
    return word.startswith("-") and (len(word) < 3 or word[1] == "-" or word[2:].isdigit())
