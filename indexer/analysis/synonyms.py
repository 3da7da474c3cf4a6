"""Which different spellings name the same thing?"""

from collections.abc import Sequence

# One group a line, spellings parted by "=". All occur in real news; no group joins words of other meaning.
_DEFAULTS = """
    G7 = Group of Seven
    G8 = Group of Eight
    G20 = Group of Twenty = Group of 20
    airstrike = air strike
    ceasefire = cease fire
    childcare = child care
    counterterrorism = counter terrorism
    cyberattack = cyber attack
    cybersecurity = cyber security
    database = data base
    frontline = front line
    frontrunner = front runner
    grassroots = grass roots
    healthcare = health care
    homeowner = home owner
    lawmaker = law maker
    marketplace = market place
    northeast = north east
    northwest = north west
    peacekeeper = peace keeper
    peacekeeping = peace keeping
    percent = per cent
    policymaker = policy maker
    policymaking = policy making
    roadmap = road map
    shipbuilding = ship building
    southeast = south east
    southwest = south west
    taskforce = task force
    taxpayer = tax payer
    underway = under way
    Vietnam = Viet Nam
    website = web site
    workforce = work force
    worldwide = world wide
    al-Qaeda = al-Qaida = al Qaeda = al Qaida
    Gaddafi = Qaddafi = Gadhafi = Kadafi
    Hezbollah = Hizbollah = Hizbullah
    Koran = Quran = Qur'an
    Kyiv = Kiev
    Qaeda = Qaida
    Zelensky = Zelenskyy = Zelenskiy
"""
DEFAULT_GROUPS = tuple(
    tuple(spelling.strip() for spelling in line.split("=")) for line in _DEFAULTS.strip().splitlines()
)


class Synonyms:
    """Rows of terms and the rows that equal them; ``same_letters``: only those that differ in spaces."""

    def __init__(self, groups: Sequence[Sequence[tuple[str, ...]]], same_letters: bool = False) -> None:
        self._others: dict[tuple[str, ...], dict[tuple[str, ...], None]] = {}
        for group in groups:
            for row in group:
                for other in group:
                    if (
                        row
                        and other
                        and row != other
                        and not (same_letters and "".join(row) != "".join(other))
                    ):
                        self._others.setdefault(row, {})[other] = None
        self.longest = max(map(len, self._others), default=0)

    def others(self, row: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
        """The other spellings of a row of terms, in the order of their groups."""
        return tuple(self._others.get(row, ()))
