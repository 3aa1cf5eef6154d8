"""What every test of e-consultations begins with: Kari has asked, and Dr Lund may answer."""

import re
from html import unescape
from io import BytesIO
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from pypdf import PdfReader

from dialog import rows
from dialog.actor import Actor
from dialog.conversations.models import Conversation
from dialog.conversations.policy import Topic
from dialog.econsultations import actions, queries
from dialog.econsultations.actions import CardText

CARD = CardText(
    what_we_think="Det er trolig en senebetennelse.",
    what_you_do="Hvil armen i to uker.",
    when_and_where_to_contact="Ring legekontoret hvis armen blir rød og varm.",
    who_follows_up_by_when="Dr. Lund ringer deg innen to uker.",
)
WORDS = "Jeg har hatt vondt i albuen i tre uker."


def price_for(patient: Actor) -> int:
    """The most it can cost this patient today."""
    with rows.seeing(account=patient.account_id, patient=patient.patient_id):
        return queries.price_today(patient.patient).amount


def asked(patient: Actor, text: str = WORDS, *, continues_id: UUID | None = None) -> Conversation:
    """An e-consultation this patient has just sent, with consent to today's price."""
    return actions.request_econsultation(
        by=patient,
        text=text,
        topic=Topic.KNOWN_PROBLEM,
        accepted_price=price_for(patient),
        continues_id=continues_id,
    )


def seen(by: Actor, conversation: Conversation) -> queries.EConsultationView:
    """The e-consultation as this actor sees it."""
    with rows.seeing(account=by.account_id, patient=by.patient_id, practice=by.practice_id):
        return queries.view(by, conversation.id)


def printed(answer: HttpResponseBase) -> str:
    """The words of a PDF that was sent home, read back by somebody else's reader."""
    assert answer.headers["Content-Type"] == "application/pdf"
    data = b"".join(answer)  # type: ignore[arg-type]  # streamed in pieces
    pages = [page.extract_text() for page in PdfReader(BytesIO(data)).pages]
    return re.sub(r"\s+", " ", " ".join(pages))


def words_of(answer: HttpResponse) -> str:
    """The page as one reads it."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))
