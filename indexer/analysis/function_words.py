"""Which English words only hold a sentence together?

Questions are full of them, and some are rare enough in news to look important (`what`, `how`, `which`).
They are articles, pronouns, prepositions, conjunctions, auxiliary and question words, in lower case and
without signs, as `text_exact` holds them. Words that are as likely names or news stay out: `may`, `mine`,
`us`; `IT` and `WHO` in capitals are other terms anyway.
"""

_WORDS = """
    a an the this that these those i me my we our ours you your yours he him his she her hers it
    its they them their theirs myself ourselves yourself yourselves himself herself itself themselves who
    whom whose which what when where why how whether and or but nor if than then so because as while
    although though unless until since of in on at by for with from to into onto upon within without about
    above below under over between among through during before after against across along around behind
    beside besides beyond towards toward via per be is am are was were been being do does did done doing
    have has had having can could shall should will would must might cannot not no there here some any
    each every either neither both all such other another same own also only just very too more most much
    many few less least dont doesnt didnt isnt arent wasnt werent hasnt havent hadnt wont wouldnt cant
    couldnt shouldnt
"""

FUNCTION_WORDS = frozenset(_WORDS.split())
