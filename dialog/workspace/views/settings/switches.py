"""The switches on the page of a list's services: names, hints, and what it means to switch off."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from dialog.conversations import queries, texts
from dialog.conversations.policy import Feature, Kind
from dialog.conversations.queries import ServiceState
from dialog.conversations.switches import FILES_IN, PART_OF, SWITCHES, YOUTH_IN
from dialog.people.queries import ListOwner

HINTS = {
    Feature.DIRECT_BOOKING: _(
        "Er det av, kan pasientene bare be om time med ord. Da ser de ingen kalender."
    ),
    Feature.OFFICE_REPLY: _(
        "Slik er det valgt på forhånd når noen på kontoret skriver. "
        "Den som skriver, kan velge noe annet."
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch:
    """One switch on the page: a service, or a part of one."""

    state: ServiceState
    name: Promise
    hint: Promise | str
    worded: bool
    part: bool


def row(state: ServiceState) -> Switch:
    """One switch, ready to show."""
    return Switch(
        state=state,
        name=texts.FEATURE[state.feature],
        hint=HINTS.get(state.feature, ""),
        worded=state.feature in SWITCHES,
        part=state.feature in PART_OF,
    )


def group(states: Mapping[Feature, ServiceState], kind: Kind) -> list[Switch]:
    """A service, and under it what it is made of."""
    parts = [feature for feature, whole in PART_OF.items() if whole is kind]
    return [row(states[feature]) for feature in (Feature(kind), *parts)]


GOES_ON = _("Samtaler som er i gang, fortsetter som før. Ingenting blir borte.")
PART_OFF: dict[Feature, tuple[Promise, ...]] = {
    **dict.fromkeys(
        FILES_IN.values(),
        (
            _("Pasientene kan fortsatt skrive, men ikke sende bilder og filer."),
            _("Den som holder på å skrive, beholder teksten sin og får vite det når den sendes."),
            _("Bilder og filer dere alt har fått, blir liggende."),
        ),
    ),
    **dict.fromkeys(
        YOUTH_IN.values(),
        (
            _("Gjelder unge under 16 år som logger inn og skriver selv. De får vite det."),
            _("Foreldre kan fortsatt gjøre det for dem, og de kan ringe dere."),
            GOES_ON,
        ),
    ),
    Feature.OFFICE_REPLY: (
        _("Når noen på kontoret skriver først, er «pasienten kan ikke svare» valgt på forhånd."),
        _("Den som skriver, kan likevel la pasienten svare."),
        GOES_ON,
    ),
}


def what_happens(owner: ListOwner, off: Feature) -> list[Any]:
    """What to know before one switches something off, and what the patients have left (R197)."""
    return [*PART_OFF[off]] if off in PART_OFF else _what_is_left(owner, off)


def _what_is_left(owner: ListOwner, off: Feature) -> list[Any]:
    states = queries.services_of(owner.list_id)
    left = [str(texts.FEATURE[one]) for one in SWITCHES if states[one].on and one is not off]
    remaining = (
        _now("Pasientene kan fortsatt bruke: %(services)s.") % {"services": ", ".join(left)}
        if left
        else _now("Da er det bare telefonen igjen for pasientene.")
    )
    return [
        _("Pasientene får vite det med en gang, og ser telefonnummeret deres."),
        remaining,
        GOES_ON,
        _(
            "Fastleger skal tilby timebestilling på nett og kontakt med lege på tekst, telefon "
            "eller video. Sjekk at pasientene fortsatt har en vei inn."
        ),
    ]
