"""Does a paragraph open with a dateline, and which agency does it name?

The forms, with any of the dashes ``--``, ``-``, ``–`` and ``—``:

    (Bloomberg) -- Japan and the US ...          LONDON (Reuters) - Shares ...
    TOKYO, Nov. 8 (Agency Name) — Ministers ...  WASHINGTON -- (AP) The Senate ...
    NEW YORK, Nov. 8 /PRNewswire/ -- ...         WASHINGTON — The Senate ...     (no agency named)

and, for the agencies listed here only, without a dash or after a place in small letters: ``(CNN) The ...``,
``Washington (CNN) The ...``, ``Nairobi, Kenya (AP) — ...``. A parenthesis anywhere else is never a source.
"""

import re

_LONGEST = 100  # characters before the text proper
_AGENCIES = {
    "AP",
    "AFP",
    "ANI",
    "ANSA",
    "BBC",
    "BNO",
    "CNA",
    "CNBC",
    "CNN",
    "CP",
    "DPA",
    "EFE",
    "IANS",
    "IPS",
    "KUNA",
    "NHK",
    "NPR",
    "PA",
    "PTI",
    "RFE",
    "SPA",
    "TASS",
    "UPI",
    "VOA",
    "WAM",
    "Bloomberg",
    "Kyodo",
    "Reuters",
    "TASR",
    "Xinhua",
    "Yonhap",
    "dpa",
}
# Words that stand where an agency or a place might, and are neither.
_NOT_NAMES = {
    "adds",
    "advisory",
    "analysis",
    "breaking",
    "clarifies",
    "corrected",
    "correction",
    "corrects",
    "editor",
    "editorial",
    "exclusive",
    "file",
    "graphic",
    "image",
    "live",
    "note",
    "opinion",
    "photo",
    "photos",
    "picture",
    "pictures",
    "recasts",
    "repeats",
    "update",
    "updated",
    "updates",
    "video",
    "watch",
    "wraps",
    "year",
}
_SMALL = {
    "and",
    "of",
    "the",
    "for",
    "de",
    "del",
    "la",
    "le",
    "al",
    "on",
    "&",
    "y",
}
_OPENING = re.compile(
    r"(?P<place>[^()]{0,80}?)(?:(?P<dash>\s*(?:--|—|–|\s-(?=\s))\s*))?"
    r"(?:\((?P<name>[^()]{2,40})\)|/(?P<wire>[A-Z][A-Za-z ]{2,30})/)\s*(?P<end>--|[-–—])?"
)
_PLACE_ONLY = re.compile(r"(?P<place>[^()\n]{2,60}?)\s*(?:--|—|–|\s-(?=\s))\s*\S")
_MONTH = r"[A-Z][a-z]{2,8}\.?"
_DAY = re.compile(rf",?\s*(?:{_MONTH}\s+[0-9]{{1,2}}|[0-9]{{1,2}}\s+{_MONTH})(?:,?\s+[0-9]{{4}})?,?\s*$")


def opens_story(paragraph: str) -> bool:
    """Whether the paragraph begins with a dateline, so that it belongs to the story."""
    return _agency(paragraph[:_LONGEST].lstrip()) is not None


def source_of(paragraph: str) -> str | None:
    """The agency named in the dateline that the paragraph begins with, as written there.

    >>> source_of("TOKYO, Nov. 8 (Kyodo) -- Ministers met")
    'Kyodo'
    >>> source_of("The company (Apple) said")
    """
    return _agency(paragraph[:_LONGEST].lstrip()) or None


def _agency(opening: str) -> str | None:
    """The agency; empty for a dateline without one; None where there is no dateline."""
    found = _OPENING.match(opening) if "(" in opening or "/" in opening else None
    if found:
        name = (found["name"] or found["wire"]).strip()
        if name and _is_dateline(found, name):
            return name
    bare = _PLACE_ONLY.match(opening) if opening[:2].isupper() else None
    return "" if bare and _is_shouted(_without_day(bare["place"])) else None


def _is_dateline(found: re.Match[str], name: str) -> bool:
    place = _without_day(found["place"])
    known = name in _AGENCIES
    if place and not (_is_shouted(place) or (known and _is_capitalised(place))):
        return False
    closed = found["end"] or (found["dash"] and place)
    if not known and not (closed and _is_name(name)):
        return False
    return bool(known or closed) and not _abbreviates(place, name)


def _without_day(place: str) -> str:
    return _DAY.sub("", place).strip(" ,")


def _is_shouted(place: str) -> bool:
    """WASHINGTON; SIOUX CITY, Iowa; ST. PAUL, Minn.; WASHINGTON/HAVANA."""
    city = place.partition(",")[0]
    return len(city) > 1 and city.isupper() and city.lower() not in _NOT_NAMES and _is_capitalised(place)


def _is_capitalised(place: str) -> bool:
    words = place.replace("/", " ").replace(",", " ").split()
    if not 0 < len(words) <= 8 or any(map(str.isdigit, place)):
        return False
    return place[0].isupper() and _are_names(words)


def _is_name(name: str) -> bool:
    words = name.split()
    return (
        len(words) <= 5
        and words[0].rstrip(".:").lower() not in _NOT_NAMES
        and _are_names(words)
        and all(c.isalnum() or c in " &.'’-/" for c in name)
    )


def _are_names(words: list[str]) -> bool:
    return all(word[0].isupper() or word in _SMALL for word in words)


def _abbreviates(place: str, name: str) -> bool:
    """NATO (North Atlantic Treaty Organization) is no dateline."""
    initials = "".join(word[0] for word in name.split() if word[0].isupper())
    return len(initials) > 1 and place == initials
