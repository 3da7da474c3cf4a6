"""By which id is an article known?

Its own, where the document brings one. Otherwise a 64-bit BLAKE2b hash as 16 hex digits: of the path for a
text, so that an edited article keeps its id; of path, content and occurrence for a record, so that records
before it may come and go. `occurrence` counts earlier records of the file with the same bytes.
"""

import re
from hashlib import blake2b

from indexer.documents.refusal import Refused
from indexer.limits import LIMITS

_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def digest64(content: bytes | memoryview) -> int:
    """A 64-bit hash of ``content``, the same on every machine."""
    return int.from_bytes(blake2b(content, digest_size=8).digest(), "big")


def path_id(path: str) -> str:
    """The id of a text by its path relative to seeds."""
    return blake2b(path.encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()


def record_id(path: str, digest: int, occurrence: int) -> str:
    """The id of a record without one: ``digest`` is that of its bytes."""
    key = path.encode("utf-8", "surrogateescape") + b"\0" + digest.to_bytes(8, "big")
    return blake2b(key + occurrence.to_bytes(8, "big"), digest_size=8).hexdigest()


def own_id(value: object) -> str:
    """The document's own id as text, empty where there is none. Raises Refused for an id that cannot be one.

    >>> own_id(42), own_id(" a1 "), own_id(None)
    ('42', 'a1', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise Refused("id is neither text nor a whole number")
    text = str(value).strip()
    if not text.isprintable() and _UNFIT.search(text):
        raise Refused("id has a control character in it")
    if len(text) * 4 > LIMITS.term_bytes and len(text.encode()) > LIMITS.term_bytes:
        raise Refused(f"id is longer than {LIMITS.term_bytes} bytes")
    return text
