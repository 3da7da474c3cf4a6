"""How much of anything is enough? Every budget of the tool."""

from typing import NamedTuple


class Limits(NamedTuple):
    """Budgets; sizes in bytes unless a comment says otherwise. Pass another instance to override."""

    seed_bytes: int = 32 << 20
    header_bytes: int = 4 << 10
    manifest_bytes: int = 16 << 20
    query_characters: int = 4_096
    query_clauses: int = 1_024
    expansions: int = 10_000  # terms that one wildcard, prefix or fuzzy word may stand for
    term_bytes: int = 255
    seeds_listed: int = 20_000  # files above which a search looks at folders and the newest files only
    seeds_glanced: int = 1_000  # files that it then looks at
    shrink_from: int = 100  # articles from which the shrink guard watches
    shrink_share: float = 0.2  # of the archive that one update may retire unasked


LIMITS = Limits()
