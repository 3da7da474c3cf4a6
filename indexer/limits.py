"""How much of anything is enough? Every budget of the tool."""

from typing import NamedTuple


class Limits(NamedTuple):
    """Budgets; sizes in bytes unless a comment says otherwise. Pass another instance to override."""

    seed_bytes: int = 32 << 20
    processes: int = 0  # that build an index together; 0 = one for each core, four at most
    alone_below: int = 64 << 20  # bytes of new seeds; below that one process is as fast
    held_bytes: int = 64 << 20  # of a segment being written; the rest waits in scratch files
    header_bytes: int = 4 << 10
    manifest_bytes: int = 16 << 20
    query_characters: int = 4_096
    query_clauses: int = 1_024
    query_depth: int = 64  # brackets in brackets
    words_apart: int = 100  # in "a b"~10 and a w/10 b; what lies between two parts of an article is more
    edits: int = 2  # letters that may differ in word~2
    mentions: int = 1_000  # that atleast3( ) may ask for
    boost: int = 100  # in word^2
    query_seconds: float = 2.0  # of processor time for finding what matches, looked at between lists
    expansions: int = 10_000  # terms that one wildcard, prefix or fuzzy word may stand for
    term_bytes: int = 255
    seeds_listed: int = 20_000  # files above which a search looks at folders and the newest files only
    seeds_glanced: int = 1_000  # files that it then looks at
    shrink_from: int = 100  # articles from which the shrink guard watches
    shrink_share: float = 0.2  # of the archive that one update may retire unasked


LIMITS = Limits()
