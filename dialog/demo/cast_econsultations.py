"""What is under way with the doctor in a demonstration: one taken on, one nobody has opened, and
the texts she uses again.
"""

from uuid import UUID

from dialog import rows
from dialog.actor import Actor
from dialog.conversations.policy import Topic
from dialog.econsultations import actions, queries
from dialog.econsultations.policy import TemplateKind

TEMPLATES = (
    (
        TemplateKind.ASK,
        "Hvor lenge",
        "Hei {fornavn}. Hvor lenge har du hatt det, og er det blitt bedre eller verre?",
    ),
    (
        TemplateKind.DECLINE,
        "Må sees på kontoret",
        "Hei {fornavn}. Dette må jeg se på for å gi deg et trygt svar. Du betaler ingenting for "
        "e-konsultasjonen. Bestill en vanlig time, så tar vi det der. Hilsen {lege}",
    ),
    (
        TemplateKind.WHEN_AND_WHERE,
        "Ring oss",
        "Ring {legekontor} på {telefon} hvis du blir verre, eller hvis det ikke er bedre om to "
        "uker. Er det stengt og det ikke kan vente, ring legevakten på 116 117.",
    ),
    (
        TemplateKind.WHO_FOLLOWS_UP,
        "Du tar kontakt selv",
        "Du tar kontakt selv hvis det ikke går over.",
    ),
)


def begin(lund: Actor, *, kari: Actor, per: Actor) -> None:
    """Let Kari and Per ask, and Dr Lund take on the first."""
    for kind, title, text in TEMPLATES:
        actions.save_template(by=lund, kind=kind, title=title, text=text, own=False)
    asked = _ask(
        kari,
        Topic.KNOWN_PROBLEM,
        "Hei! Albuen er ikke bra ennå. Det er verst når jeg løfter noe.\n\n"
        "Jeg har hvilt den i to uker og brukt ibuprofen. Kan jeg begynne å trene igjen?",
    )
    actions.begin(by=lund, conversation_id=asked)
    _ask(
        per,
        Topic.TEST_RESULT,
        "Jeg ser at blodprøvene er kommet. Betyr tallet på kolesterolet at jeg må øke dosen?",
    )


def _ask(patient: Actor, topic: Topic, text: str) -> UUID:
    with rows.seeing(account=patient.account_id, patient=patient.patient_id):
        price = queries.price_today(patient.patient).amount
    return actions.request_econsultation(
        by=patient, topic=topic, text=text, accepted_price=price
    ).id
