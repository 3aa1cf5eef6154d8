"""Rules of our own for payloads without public schemas; `docs/interop-messages.md` names them.

The calendar follows RFC 6321 (xCal) and RFC 5545 with what the national wiki asks of an event.
Helsepersonell and Personer take their content from the common components, as Pasientrelasjon does.
"""

from dialog.interop import names
from dialog.interop.grammar.shapes import (
    Blocks,
    Rules,
    Value,
    any_order,
    either,
    maybe,
    one,
    several,
    some,
)

V = Value

CALENDAR = Rules(
    names.XCAL,
    "icalendar",
    {
        "icalendar": (some("vcalendar"),),
        "vcalendar": (one("properties", "of-calendar"), maybe("components")),
        "of-calendar": any_order(one("version", "worded"), one("prodid", "worded")),
        "components": any_order(several("vevent")),
        "vevent": (one("properties", "of-event"), maybe("components", V.ANY)),
        "of-event": any_order(
            one("dtstart", "when"),
            one("dtend", "when"),
            one("uid", "worded"),
            one("contact", "worded"),
            maybe("related-to", "worded"),
            maybe("summary", "worded"),
            maybe("description", "worded"),
            maybe("status", "worded"),
            several("categories", "words"),
        ),
        "worded": (maybe("parameters", V.ANY), one("text", V.TEXT)),
        "words": (maybe("parameters", V.ANY), some("text", V.TEXT)),
        "when": (
            maybe("parameters", V.ANY),
            either(one("date-time", V.MOMENT), one("date", V.DAY)),
        ),
    },
    ours=True,
)


def _personnel(namespace: str) -> Rules:
    professional = f"{{{names.COMMON}}}HealthcareProfessional"
    blocks: Blocks = {"Helsepersonell": (some("HealthcareProfessional", professional),)}
    return Rules(namespace, "Helsepersonell", blocks, ours=True)


PERSONS = Rules(
    names.PERSONS,
    "Personer",
    {"Personer": (several("Person", f"{{{names.COMMON}}}Person"),)},
    ours=True,
)
OURS = (CALENDAR, *(_personnel(one_of) for one_of in names.PERSONNEL), PERSONS)
