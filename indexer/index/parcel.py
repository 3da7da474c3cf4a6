"""How do articles reach another process?

As the facts about all of them in JSON, a line, and then their texts one after the other in UTF-8. By which
rules they were understood stays behind: an index does not keep it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from indexer.documents.article import Article


def wrap(articles: Iterable[Article]) -> bytes:
    """Return the bytes of some articles."""
    facts = []
    texts: list[str] = []
    for one in articles:
        sizes = (len(one.headline), len(one.summary), len(one.body))
        facts.append((one.id, one.own_id, one.path, one.line, one.body_line, one.day, one.source, *sizes))
        texts += (one.headline, one.summary, one.body)
    return json.dumps(facts).encode("ascii") + b"\n" + "".join(texts).encode("utf-8", "surrogatepass")


def unwrap(parcel: bytes) -> Iterator[Article]:
    """Yield the articles in ``parcel``, in order."""
    facts, _, packed = parcel.partition(b"\n")
    text = packed.decode("utf-8", "surrogatepass")
    at = 0
    for id, own_id, path, line, body_line, day, source, headline, summary, body in json.loads(facts):
        ends = at + headline, at + headline + summary, at + headline + summary + body
        parts = text[at : ends[0]], text[ends[0] : ends[1]], text[ends[1] : ends[2]]
        at = ends[2]
        yield Article(id, own_id, path, line, body_line, day, parts[0], parts[1], source, parts[2], ())
