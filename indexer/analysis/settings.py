"""How does this archive read words?"""

from collections.abc import Mapping
from typing import NamedTuple

from indexer.analysis.synonyms import DEFAULT_GROUPS
from indexer.errors import ArchiveError
from indexer.storage.digest import quick_digest

# Of the code that decides the terms of a text; raising it makes every archive build anew. Word lists, stemmer
# and Unicode's tables are taken into account by themselves.
RULES_VERSION = 1
_KEYS = {"analysis": {"language"}, "synonyms": {"groups", "defaults"}}


class SettingsError(ArchiveError):
    """``archive.toml`` cannot be understood."""


class Settings(NamedTuple):
    """``language`` names the Snowball stemmer; each of ``synonyms`` lists spellings that count as equal."""

    language: str = "english"
    synonyms: tuple[tuple[str, ...], ...] = DEFAULT_GROUPS

    def fingerprint(self) -> str:
        """16 hex digits that change when the same text would get other index terms.

        Synonyms act on queries only, so they are no part of it.
        """
        from unicodedata import unidata_version

        import Stemmer

        from indexer.analysis.ambiguous import AMBIGUOUS
        from indexer.analysis.stemming import EXCEPTIONS

        exceptions = sorted(EXCEPTIONS.get(self.language, {}).items())
        tables = (Stemmer.version(), unidata_version, sorted(AMBIGUOUS), exceptions)
        return f"{quick_digest(repr((RULES_VERSION, self.language, tables)).encode()):016x}"


def load_settings(toml: bytes, name: str = "archive.toml") -> Settings:
    """Understand the bytes of a settings file; ``name`` is for messages.

    Raises ``SettingsError``. Tables other than [analysis] and [synonyms] belong to others and are left alone.
    """
    import tomllib

    try:
        tables = tomllib.loads(toml.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{name} is not valid TOML ({error}); correct it or delete the file") from None
    analysis = _table(tables, "analysis", name)
    synonyms = _table(tables, "synonyms", name)
    groups = _groups(synonyms.get("groups", []), name)
    defaults = synonyms.get("defaults", True)
    if not isinstance(defaults, bool):
        raise SettingsError(f"{name}: defaults in [synonyms] must be true or false")
    return Settings(
        _language(analysis.get("language", "english"), name), (DEFAULT_GROUPS if defaults else ()) + groups
    )


def _table(tables: Mapping[str, object], key: str, name: str) -> dict[str, object]:
    """One table of the file, with known keys only."""
    table = tables.get(key, {})
    if not isinstance(table, dict):
        raise SettingsError(f"{name}: write [{key}] as a table")
    for unknown in table.keys() - _KEYS[key]:
        known = " and ".join(sorted(_KEYS[key]))
        raise SettingsError(f"{name}: [{key}] has no setting {unknown!r}; there is {known}")
    return table


def _language(language: object, name: str) -> str:
    """A language with a stemmer."""
    from indexer.analysis.stemming import LANGUAGES

    if not isinstance(language, str) or language not in LANGUAGES:
        known = ", ".join(sorted(LANGUAGES))
        raise SettingsError(f"{name}: no stemmer for language {language!r}; choose one of {known}")
    return language


def _groups(groups: object, name: str) -> tuple[tuple[str, ...], ...]:
    """Lists of two or more spellings."""
    if not isinstance(groups, list):
        raise SettingsError(f"{name}: groups in [synonyms] must be a list of lists of spellings")
    for group in groups:
        if (
            not isinstance(group, list)
            or len(group) < 2
            or not all(isinstance(s, str) and s.strip() for s in group)
        ):
            raise SettingsError(
                f"{name}: the synonym group {group!r} must list two or more spellings, in quotes"
            )
    return tuple(tuple(group) for group in groups)
