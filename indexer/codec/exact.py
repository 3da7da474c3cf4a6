"""Where does a form stand, as it was written?"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from indexer.codec.arrays import Array
    from indexer.codec.segment import Segment


class FormList(NamedTuple):
    """Documents of a form, ascending; document i has its tokens ``starts[i]`` to ``starts[i + 1]``."""

    docs: Array
    weights: Array  # in units
    position: Array
    starts: Array


def form_list(segment: Segment, form: int) -> FormList:
    """Return the list of form number ``form``, read whole from each family that it is in."""
    import numpy as np

    from indexer.codec.arrays import distinct, run_starts

    families = segment.families.of_form(form)
    keys = np.concatenate([_keys(segment, family, number) for family, number in families])
    if len(families) > 1:
        keys = distinct(np.sort(keys))
    doc, position = keys >> 32, keys & 0xFFFFFFFF
    first = run_starts(doc)
    weights = np.add.reduceat(_units(segment, doc, position), first) if len(first) else first
    return FormList(doc[first], weights, position, np.append(first, len(doc)))


def _keys(segment: Segment, family: int, number: int) -> Array:
    """document * 2**32 + position of the tokens of one word, ascending."""
    import numpy as np

    tokens = segment.postings.tokens(family)
    docs = np.repeat(segment.postings.docs(family).astype(np.int64), np.diff(tokens.starts))
    keys = docs << 32 | tokens.position
    return keys if tokens.number is None else keys[tokens.number == number]


def _units(segment: Segment, doc: Array, position: Array) -> Array:
    """What each token weighs, by the part of its document that it stands in."""
    import numpy as np

    weights, column = segment.weights, segment.documents.column
    in_summary = position >= column("summary_at").array()[doc]
    in_body = position >= column("body_at").array()[doc]
    return np.where(in_body, weights.body, np.where(in_summary, weights.summary, weights.headline))
