"""Which forms belong to one word?

Snowball's stemmers (M. F. Porter, snowballstem.org) through PyStemmer, corrected where the English one throws
together words that news keeps apart (``important`` and ``imports``), or keeps apart what belongs together
(``women`` and ``woman``). British and American spellings share a stem.
"""

from collections.abc import Sequence

import Stemmer

from indexer.analysis.folding import keep_marks, strip_marks
from indexer.analysis.regional import american, american_words

LANGUAGES = frozenset(Stemmer.algorithms()) - {"porter", "lovins", "dutch_porter"}

# A line gives a stem, then the forms that have it. Each parts a pair that stood together in real news; the
# comment names the word that it is parted from.
_ENGLISH = """
    according           according accordingly                                         # peace accord
    aide                aide aides                                                    # aid
    authoriti           authority authorities                                         # author
    business            business businesses businessman businessmen                   # busy
    child               child children
    conservative        conservative conservatives conservatism                       # conservation
    constitution        constitution constitutions constitutional constitutionally    # constitute
    conversion          conversion conversions                                        # conversation
    cooperat            cooperate cooperates cooperated cooperating cooperation       # Cooper
    cooperat            cooperative cooperatives
    corpse              corpse corpses                                                # corps
    denis               denis                                                         # deny
    designat            designate designates designated designation designations      # design
    diversion           diversion diversions                                          # diversity
    executive           executive executives                                          # execution
    experiment          experiment experiments experimental experimenting             # experience
    federation          federation federations                                        # federal
    francs              franc francs                                                  # France
    hamas               hamas                                                         # Hama
    harris              harris                                                        # Harry
    hospitality         hospitality                                                   # hospital
    important           important importantly importance                              # imports
    informal            informal informally                                           # information
    julie               julie                                                         # July
    liberation          liberation                                                    # liberal
    maine               maine                                                         # main
    majoriti            majority majorities                                           # major
    man                 man men
    minoriti            minority minorities                                           # minor
    mobile              mobile mobility                                               # Mobil
    morale              morale                                                        # moral
    morales             morales                                                       # moral
    nominal             nominal nominally                                             # nomination
    opposite            opposite opposites                                            # opposition
    polite              polite politely                                               # political
    positive            positive positively positives                                 # position
    publication         publication publications                                      # public
    recession           recession recessions recessionary                             # recess
    respectively        respectively                                                  # respect
    securities          securities                                                    # security
    several             several                                                       # severe
    steele              steele                                                        # steel
    terminal            terminal terminals                                            # terminate
    transition          transition transitions transitional                           # transit
    united              united                                                        # army unit
    unite               unite unites uniting                                          # army unit
    woman               woman women
"""


def _exceptions(table: str) -> dict[str, str]:
    """Form -> stem."""
    lines = (line.partition("#")[0].split() for line in table.strip().splitlines())
    return {form: stem for stem, *forms in lines for form in forms}


EXCEPTIONS = {"english": _exceptions(_ENGLISH)}


class WordStemmer:
    """The stemmer of one language."""

    def __init__(self, language: str) -> None:
        stemmer = Stemmer.Stemmer(language, 0)  # words are remembered with their chunk, not here
        self._stem, self._stem_all = stemmer.stemWord, stemmer.stemWords
        self._exceptions = EXCEPTIONS.get(language, {})
        self._is_english = language == "english"

    def stems(self, form: str, raw: str) -> tuple[str, ...]:
        """The one or two stems of a folded ``form`` that the text wrote as ``raw``.

        A language that writes accents stems better with them, but readers type without: where the two stems
        differ, both count. English is stemmed without, so that ``attachés`` and ``attaches`` meet.
        """
        if self._is_english:
            form = american(form)
        plain: str = self._exceptions.get(form) or self._stem(form) or form
        if self._is_english or raw.isascii():
            return (plain,)
        marked = strip_marks(self._stem(keep_marks(raw))) or plain
        return (marked,) if marked == plain else (marked, plain)

    def plain_stems(self, forms: Sequence[str]) -> list[str]:
        """The stem of each form of letters a to z or digits, as ``stems`` gives it where it is written so."""
        if self._is_english:
            forms = american_words(forms)
        exception = self._exceptions.get
        stems = self._stem_all(forms)
        return [exception(form) or stem or form for form, stem in zip(forms, stems, strict=True)]
