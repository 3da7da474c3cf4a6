"""Which British spelling is which American one?

Only the stems of English meet (``organisations`` and ``organization``); words meant as written stay as
written. Endings that follow a rule are changed by rule, single words by a list.
"""

import re
from collections.abc import Sequence

# Also spelt with s in America.
_ALWAYS_S = """
    advertise advise aise apprise arise bruise chastise circumcise comprise compromise cruise demise
    despise devise disguise enterprise excise exercise expertise franchise guise improvise incise likewise
    merchandise noise otherwise paradise poise precise premise concise promise reprise revise rise
    supervise surmise surprise televise treatise vise wise denise louise marquise
"""
_S_ROOTS = tuple(word.removesuffix("e") for word in _ALWAYS_S.split())
_ISE = re.compile(r"(.{3,}is)(?:e|ed|es|ing|er|ers|able)")
_OUR = re.compile(
    "(arb|ard|arm|behavi|cand|clam|col|demean|endeav|fav|ferv|flav|harb|hon|hum|lab|neighb|od|parl|ranc|rig|rum"
    "|savi|sav|splend|succ|tum|val|vap|vig)our"
)
_RE = re.compile(r"(.*(?:cent|lit|met|theat|fib|calib|lust|sab|somb|spect|manoeuv))re(s|d|)")
_WORDS = """
    acknowledgement acknowledgment   aeroplane airplane         ageing aging             aluminium aluminum
    anaemia anemia                   anaesthetic anesthetic     analogue analog          analyse analyze
    analysed analyzed                analysing analyzing        artefact artifact        catalogue catalog
    cosy cozy                        counsellor counselor       defence defense          dialogue dialog
    dialling dialing                 diarrhoea diarrhea         encyclopaedia encyclopedia
    enquire inquire                  enquiry inquiry            enrol enroll             enrolment enrollment
    foetal fetal                     foetus fetus               fuelled fueled           fuelling fueling
    fulfil fulfill                   fulfilment fulfillment     gaol jail                grey gray
    haemorrhage hemorrhage           instalment installment     jewellery jewelry        judgement judgment
    leukaemia leukemia               licence license            mould mold               oesophagus esophagus
    oestrogen estrogen               offence offense            orthopaedic orthopedic   paediatric pediatric
    paediatrician pediatrician       paralyse paralyze          paralysed paralyzed      paralysing paralyzing
    plough plow                      practise practice          practised practiced      practising practicing
    pretence pretense                programme program          pyjamas pajamas          sceptic skeptic
    sceptical skeptical              scepticism skepticism      skilful skillful         wilful willful
    manoeuvring maneuvering
"""
_SINGULAR = dict(zip(_WORDS.split()[::2], _WORDS.split()[1::2], strict=True))
_AMERICAN = {f"{british}s": f"{american}s" for british, american in _SINGULAR.items()} | _SINGULAR


def american(form: str) -> str:
    """The American spelling of a folded English word; other words as they are.

    >>> american("organisations"), american("favourite"), american("kilometres"), american("promised")
    ('organizations', 'favorite', 'kilometers', 'promised')
    """
    listed = _AMERICAN.get(form)
    if listed:
        return listed
    if "our" in form:
        return _OUR.sub(r"\1or", form)
    if "isation" in form:
        return form.replace("isation", "ization")
    if "is" in form:
        return _with_z(form)
    match = _RE.fullmatch(form) if "re" in form[-4:] else None
    return f"{match[1]}er{match[2].replace('d', 'ed')}".replace("manoeuv", "maneuv") if match else form


def american_words(forms: Sequence[str]) -> list[str]:
    """The American spelling of each form; most need no second look."""
    return [
        american(form) if form in _AMERICAN or "our" in form or "is" in form or "re" in form[-4:] else form
        for form in forms
    ]


def _with_z(form: str) -> str:
    """``organise`` and its forms with z, unless America writes them with s as well."""
    match = _ISE.fullmatch(form)
    if match is None or match[1].endswith(_S_ROOTS):
        return form
    return match[1][:-1] + "z" + form[len(match[1]) :]
