"""Names that sound like people and places in Norway and belong to nobody in particular."""

from random import Random

WOMEN = (
    "Anne", "Astrid", "Aurora", "Berit", "Camilla", "Eline", "Ella", "Emma", "Frida", "Gerd",
    "Grete", "Hanna", "Hedda", "Heidi", "Hilde", "Ida", "Ingeborg", "Ingrid", "Iselin", "Johanne",
    "Jorunn", "Kari", "Kristin", "Lene", "Linnea", "Liv", "Mari", "Marit", "Mia", "Nora", "Oda",
    "Ragnhild", "Randi", "Sara", "Selma", "Signe", "Sigrid", "Silje", "Siri", "Sofie", "Solveig",
    "Stine", "Thea", "Tone", "Torill", "Trine", "Tuva", "Unni", "Vilde", "Åse",
)  # fmt: skip
MEN = (
    "Aksel", "Anders", "Arne", "Asbjørn", "Bjørn", "Daniel", "Eirik", "Emil", "Erling", "Even",
    "Filip", "Fredrik", "Geir", "Gunnar", "Halvor", "Harald", "Henrik", "Håkon", "Ivar", "Jakob",
    "Jens", "Johannes", "Jon", "Jonas", "Kjell", "Knut", "Kristian", "Lars", "Leif", "Magnus",
    "Mathias", "Mikkel", "Nils", "Noah", "Odd", "Olav", "Oskar", "Per", "Petter", "Ragnar",
    "Rolf", "Sander", "Sigurd", "Sindre", "Sondre", "Svein", "Terje", "Tobias", "Trygve", "Øyvind",
)  # fmt: skip
BEGINNINGS = (
    "Alm", "Ask", "Bekke", "Bjerke", "Brekke", "Dal", "Eike", "Elve", "Engs", "Fager", "Fjell",
    "Furu", "Gran", "Hag", "Hauge", "Hegg", "Holm", "Kirke", "Klev", "Kvern", "Lind", "Lunde",
    "Lyng", "Mo", "Myr", "Nor", "Os", "Rogn", "Sand", "Selje", "Skog", "Slette", "Sol", "Sten",
    "Sund", "Tveit", "Varde", "Vass", "Vik", "Øvre",
)  # fmt: skip
ENDINGS = (
    "bakken", "berg", "bø", "dal", "eng", "gård", "heim", "land", "li", "lund", "moen", "nes",
    "rud", "set", "stad", "strøm", "sveen", "tun", "vold", "ås",
)  # fmt: skip


def given(chance: Random) -> str:
    """A given name."""
    return chance.choice(WOMEN if chance.random() < 0.5 else MEN)


def family(chance: Random) -> str:
    """A family name made of two words for places."""
    return chance.choice(BEGINNINGS) + chance.choice(ENDINGS)
