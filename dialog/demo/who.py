"""The names, birthdays and synthetic numbers of the cast."""

from datetime import date

from dialog.people.identity_number import synthetic

BORN = {
    "kari": date(1985, 3, 14),
    "ola": date(2019, 6, 2),
    "per": date(1951, 11, 23),
    "anne": date(1974, 8, 30),
    "lund": date(1970, 1, 9),
    "siri": date(1990, 5, 17),
    "nina": date(1982, 9, 4),
    "berg": date(1966, 12, 1),
    "bjarne": date(1988, 4, 25),
    "even": date(1993, 2, 11),
}
NAMES = {
    "kari": ("Kari", "Nordmann"),
    "ola": ("Ola", "Nordmann"),
    "per": ("Per", "Hansen"),
    "anne": ("Anne", "Moe"),
    "lund": ("Ingrid", "Lund"),
    "siri": ("Siri", "Dahl"),
    "nina": ("Nina", "Vik"),
    "berg": ("Tor", "Berg"),
    "bjarne": ("Bjarne", "Aas"),
    "even": ("Even", "Lie"),
}


def number(who: str) -> str:
    """Somebody's synthetic identity number."""
    return synthetic(BORN[who], 0)
