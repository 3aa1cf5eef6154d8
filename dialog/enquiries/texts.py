"""What a patient is told when a question belongs elsewhere: the same words every time (R50)."""

from django.utils import translation
from django.utils.translation import gettext as _

from dialog.conversations import texts
from dialog.conversations.policy import Kind
from dialog.people.queries import ListOwner, Person


def explanation(to: Kind, *, patient: Person, owner: ListOwner, price: int) -> str:
    """Why it belongs elsewhere, what it costs and what to do, in the patient's own language."""
    with translation.override(patient.language):
        parts = {
            Kind.ECONSULTATION: lambda: _econsultation(owner, price),
            Kind.RENEWAL: _renewal,
            Kind.APPOINTMENT: _appointment,
        }[to]()
        return "\n\n".join([_("Hei!"), *parts, texts.urgent(owner.office.phone)])


def _econsultation(owner: ListOwner, price: int) -> list[str]:
    return [
        _(
            "Dette må legen svare på. Det kan vi ikke gjøre her, for denne tjenesten er bare "
            "for praktiske spørsmål."
        ),
        _("Du kan sende det samme til %(doctor)s som en e-konsultasjon.") % {"doctor": owner.name}
        + " "
        + texts.at_most(price),
        _carried(),
    ]


def _renewal() -> list[str]:
    return [
        _("Dette gjelder en resept. Det ber du om i tjenesten Forny resept, og det er gratis."),
        _carried(),
    ]


def _appointment() -> list[str]:
    return [
        _("Dette trenger du en time for. Det ordner du i tjenesten Bestill time."),
        _carried(),
    ]


def _carried() -> str:
    return _(
        "Teksten din følger med når du går videre, så du slipper å skrive alt på nytt. "
        "Ingenting er sendt eller betalt før du selv sier ja."
    )
