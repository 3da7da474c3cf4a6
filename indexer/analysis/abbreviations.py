"""Which words before a full stop are abbreviations, and which words after one begin a sentence?

Spellings count: ``Sun.`` is a day and ``sun.`` the end of a sentence. A word in capitals of three letters or
more is looked up as if only its first letter were one, so that text in capitals is read alike.
"""

TITLE = "title"  # never ends a sentence: a name or a number follows
NUMBERED = "numbered"  # an abbreviation only where a number follows: ``No. 10``, but ``No. We will not.``
GENERAL = "general"  # may end a sentence; it does where a word of ``STARTERS`` follows
HOUR = "hour"  # ``a.m.``: ends a sentence unless the day, the zone or ``Tokyo time`` follows

_TITLES = """
    Mr Mrs Ms Mx MR MS DR LT VS Messrs Mme Mlle Dr Drs Prof Rev Msgr Fr Wm Hon Sen Sens Rep Reps Gov Govs Pres
    Amb Atty Ald Asst Gen Lt Col Sgt Capt Maj Cmdr Cdr Comdr Adm Brig Cpl Pfc Pvt Pte Supt Insp Det Cmsr
    Gens Cols Mt Ft vs v cf viz approx eg e.g E.g i.e I.e incl esp
"""
_NUMBERED = """
    No Nos no nos NO NOS p pp vol vols Vol Vols fig figs Fig Figs art Art sec Sec ch Ch chap Chap para
    paras par pt Pt pts ca c Op op nr Nr item Item Rs
"""
_GENERAL = """
    Inc Corp Co CO Cos Ltd Bros Assn Assoc Bancorp Pty Bhd Plc Univ Inst Dept Dist Div Govt Intl Natl Bldg
    Jr JR Sr SR Esq al ibid St ST Sts Ste Ave Blvd Rd Hwy Pkwy Sq Apt Tel tel ext Ext est Est ed eds trans
    Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Thu Thur Thurs Fri Ala Ariz
    Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Kans Ky La Md Mass Mich Minn Miss Mo Mont Neb Nebr Nev Okla
    Ore Pa Tenn Tex Va Vt Wash Wis Wyo Ont Que Alta Sask oz lb lbs ft hr hrs min mins cu sq kg km
    cm mm m Ph
"""
_HOURS = "a.m p.m A.M P.M am pm"

_STARTERS = """
    a an the this that these those such another other others each every either neither both all any some
    many much most more few several none i you he she it we they there here his her its my our your their
    who what which whose when where why how whether and but or nor so yet for if then than because since
    although though while unless until once whereas in on at by from to with without within of off about
    above across after against along amid among around as before behind below beneath beside besides
    between beyond despite during except following inside into like near onto outside over per past
    through throughout toward towards unlike upon via also again already however therefore thus hence
    moreover furthermore nevertheless nonetheless meanwhile instead indeed otherwise still perhaps maybe
    even just only not never now often sometimes later earlier recently finally today yesterday tomorrow
    currently is are was were do does did has have had can could would should might must let didn't don't
    doesn't isn't it's that's there's he's she's i'm i've i'd i'll we're we've we'll you're they're
"""
_AFTER_HOURS = """
    ET EST EDT CT CST CDT MT MST MDT PT PST PDT GMT UTC BST CET CEST IST JST AEST AEDT HKT Eastern Central
    Mountain Pacific Greenwich Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Tues Wed
    Thu Thur Thurs Fri Sat Sun Jan Feb March April May June July Aug Sept Oct Nov Dec January February
    August September October November December
"""

KINDS: dict[str, str] = (
    dict.fromkeys(_GENERAL.split(), GENERAL)
    | dict.fromkeys(_NUMBERED.split(), NUMBERED)
    | dict.fromkeys(_HOURS.split(), HOUR)
    | dict.fromkeys(_TITLES.split(), TITLE)
)
STARTERS = frozenset(_STARTERS.split())
AFTER_HOURS = frozenset(_AFTER_HOURS.split())
EXCLAIMING = frozenset(("Yahoo", "YAHOO", "Yum", "Jeopardy", "Joomla"))  # names written with a mark
