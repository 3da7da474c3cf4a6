"""Which article is in a text file? One, with the header that `header` or `front_matter` reads."""

from collections.abc import Iterator

from indexer.documents.article import Article
from indexer.documents.blanks import unify_newlines, without_blank_lines
from indexer.documents.decode import decode
from indexer.documents.front_matter import read_front_matter
from indexer.documents.header import read_header
from indexer.documents.identity import path_id
from indexer.documents.record import Record, record
from indexer.documents.refusal import Refused

_ID_RULE = ("id", "hash of the path")


def records(content: bytes) -> Iterator[Record]:
    """The whole file. Raises Refused for a file without a visible character."""
    if not content.strip():
        raise Refused("empty")
    yield record(1, content)


def parse(path: str, found: Record) -> Article:
    """The article of a text file. Raises Refused."""
    decoded = decode(bytes(found.raw))
    text = unify_newlines(decoded.text)
    header = read_front_matter(text) or read_header(text)
    start, body = without_blank_lines(text, header.body)
    if not header.headline and not body:
        raise Refused("no text")
    rules = (*header.rules, _ID_RULE)
    return Article(
        id=path_id(path),
        own_id=False,
        path=path,
        line=1,
        body_line=text.count("\n", 0, start) + 1,
        day=header.day,
        headline=header.headline,
        summary=header.summary,
        source=header.source,
        body=body,
        rules=(*rules, ("encoding", decoded.rule)) if decoded.rule else rules,
    )
