"""Which short words mean something else in capitals?

``US`` is a country and ``us`` a pronoun; ``WHO``, ``IT``, ``ICE``, ``NICE`` likewise, and ``UN`` is not
the end of Kim Jong-un. A word in this list that a text writes in capitals is indexed twice: as the plain
word and, in capitals, as an acronym. Only words and names of two to five letters belong here that news
also uses as an acronym: whoever types any other word in capitals should find it in small letters too.
"""

_WORDS = """
    ad al am co de dr hi id il in is it la ma me ms oh ok or pa pm un up us act add aid aim apt arc arm
    art ash bat bet bit cab cad cap car cat cop doe dot era eta far gap ice ira jet lax led let lot mad
    man map may met mod nab now nut one opt own pal pan pen pet pin pip pow ram raw rim rip sad sag sam
    sap sat sec tap ted tow ups vat via who aids alec bart bats carb care chip cops core dare dart dash
    data dish doge echo fair fang fast fire halo harm idea iris mint move nice pace pact path pigs quad
    rand rico safe sage salt save seal seat snap stem swat tarp tips wasp cares chips cites cobra dream
    fangs prism reach score seals shape smart start swift trips vista
"""
AMBIGUOUS = frozenset(_WORDS.split())
