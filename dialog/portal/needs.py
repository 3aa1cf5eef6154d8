"""What people need help with, in their own words, and the service that suits it best (R54)."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dialog.conversations.policy import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One answer to the question on the start page, and why it leads where it does."""

    name: str
    icon: str
    title: Promise
    kind: Kind
    why: Promise


NEEDS: tuple[Need, ...] = (
    Need(
        name="plager",
        icon="doctor",
        title=_("Jeg er syk eller har plager"),
        kind=Kind.APPOINTMENT,
        why=_("Ved nye plager må legen som regel snakke med deg eller undersøke deg."),
    ),
    Need(
        name="prove",
        icon="calendar",
        title=_("Jeg skal ta en prøve, sprøyte eller vaksine"),
        kind=Kind.APPOINTMENT,
        why=_("Da trenger du en time hos sykepleier eller på laboratoriet."),
    ),
    Need(
        name="medisin",
        icon="pill",
        title=_("Jeg trenger mer av en medisin jeg bruker"),
        kind=Kind.RENEWAL,
        why=_("Da ber du legen fornye resepten. Du trenger ikke time til det."),
    ),
    Need(
        name="sporsmal",
        icon="question",
        title=_("Jeg har et spørsmål til legen"),
        kind=Kind.ECONSULTATION,
        why=_("Gjelder det noe legen kjenner til, kan du skrive i stedet for å møte opp."),
    ),
    Need(
        name="sykmelding",
        icon="file",
        title=_("Jeg trenger sykmelding eller attest"),
        kind=Kind.ECONSULTATION,
        why=_("Legen kan ofte vurdere det skriftlig. Trenger legen å se deg, får du beskjed."),
    ),
    Need(
        name="provesvar",
        icon="eye",
        title=_("Jeg lurer på et prøvesvar"),
        kind=Kind.ECONSULTATION,
        why=_("Legen må forklare hva svaret betyr for deg, og det kan gjøres skriftlig."),
    ),
    Need(
        name="praktisk",
        icon="chat",
        title=_("Jeg lurer på noe praktisk"),
        kind=Kind.ENQUIRY,
        why=_("For eksempel åpningstider, en regning eller kopi av papirer. Det er gratis."),
    ),
)


def need_named(name: str) -> Need | None:
    """The need an address is about."""
    return next((one for one in NEEDS if one.name == name), None)
