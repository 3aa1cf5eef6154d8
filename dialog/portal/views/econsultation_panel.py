"""How far an e-consultation has come, as the patient sees it, and the card to take away."""

from datetime import datetime
from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from dialog.actor import Actor, Side
from dialog.conversations import actions as conversations
from dialog.conversations import paper
from dialog.conversations.arrivals import Arrival
from dialog.conversations.policy import Kind, Status
from dialog.conversations.queries import Thread
from dialog.econsultations import queries, texts
from dialog.econsultations.policy import EConsultationStatus
from dialog.econsultations.queries import CardView, EConsultationView
from dialog.errors import NotFound
from dialog.portal.panels import PANELS
from dialog.portal.services import BEGINS
from dialog.portal.timeline import arrival_step
from dialog.ui import dates
from dialog.ui.acting import acting
from dialog.ui.downloads import download
from dialog.ui.forms import show
from dialog.ui.panels import Panel
from dialog.ui.parts import Fact, Section, Step
from dialog.working_days import oslo_day

OVER = {
    EConsultationStatus.DECLINED,
    EConsultationStatus.REFERRED,
    EConsultationStatus.WITHDRAWN,
}


@PANELS.of(Kind.ECONSULTATION)
def panel(by: Actor, thread: Thread) -> Panel:
    """Where it stands, what it costs, and what the patient can do now."""
    view = queries.view(by, thread.id)
    return Panel(
        template="portal/econsultation_panel.html",
        context={
            "one": view,
            "thread": thread,
            "answered": _answered_at(thread) is not None,
            "price": _price(view),
            "card": card_facts(view),
            "may_withdraw": view.may_withdraw,
            "card_page": reverse("portal:econsultation_card", args=[thread.id]),
            "booking": f"{BEGINS[Kind.APPOINTMENT]}?fra={thread.id}",
            "again": f"{reverse('portal:econsultation')}?fra={thread.id}",
        },
        steps=steps(thread, view),
        own_verbs=True,
        record=partial(_record, view),
    )


def _record(view: EConsultationView) -> list[Section]:
    """What was agreed to and what it costs; and the card."""
    consent = []
    if view.accepted_price and view.accepted_at:
        words = _("høyst %(price)s, %(moment)s") % {
            "price": dates.kr(view.accepted_price),
            "moment": paper.moment_of(view.accepted_at),
        }
        consent = [Fact(name=_("Du godtok å betale"), value=words)]
    price = Fact(name=_("Pris"), value=_price(view))
    return [
        Section(heading=_("Hva det koster"), facts=[*consent, price]),
        Section(heading=_("Etter e-konsultasjonen"), facts=card_facts(view)),
    ]


def _price(view: EConsultationView) -> str:
    """What it costs, in one sentence; never left open."""
    if view.status in OVER or view.charge == 0 or view.accepted_price == 0:
        return _("Du betaler ingenting.")
    if view.charge is not None:
        return _("Du betaler %(price)s.") % {"price": dates.kr(view.charge)}
    if view.accepted_price is None:
        return _("Det koster ingenting å lese dette.")
    return _("Du betaler høyst %(price)s. Det avgjøres når legen avslutter.") % {
        "price": dates.kr(view.accepted_price)
    }


def steps(thread: Thread, view: EConsultationView) -> list[Step]:
    """Sent, opened by a doctor, answered, closed: each with its time (R123)."""
    if thread.started_side is Side.PRACTICE:
        begun = [Step(title=_("Legen skrev til deg"), at=thread.started_at)]
    elif thread.arrival is not None:
        begun = [Step(title=_("Sendt"), at=thread.started_at)]
    else:
        begun = [Step(title=_("Sendt og mottatt"), at=thread.started_at), *_opened(thread, view)]
    if view.status in OVER or thread.status is Status.CLOSED:
        answered = [] if view.status in OVER else _answered(thread)
        return [*(one for one in begun if one.state == "done"), *answered, _end(view)]
    return [*begun, *_answered(thread), *_now(thread)]


def _opened(thread: Thread, view: EConsultationView) -> list[Step]:
    if view.begun_at:
        title = _("Åpnet av lege: %(doctor)s") % {"doctor": view.begun_by}
        return [Step(title=title, at=view.begun_at)]
    if thread.opened_at:
        return [Step(title=_("Åpnet på legekontoret"), at=thread.opened_at)]
    return [Step(title=_("Åpnes av lege"), state="now")]


def _answered(thread: Thread) -> list[Step]:
    at = _answered_at(thread)
    return [Step(title=_("Besvart"), at=at)] if at else []


def _answered_at(thread: Thread) -> datetime | None:
    if thread.started_side is Side.PRACTICE:
        return None
    answers = (one for one in thread.messages if one.side is Side.PRACTICE and not one.hidden)
    return max((one.sent_at for one in answers), default=None)


def _now(thread: Thread) -> list[Step]:
    if thread.status is Status.WITH_PATIENT:
        return [Step(title=_("Legen venter på svar fra deg"), state="now")]
    if thread.status is not Status.WITH_PRACTICE:
        return []
    came = [] if thread.arrival is None else [arrival_step(thread.arrival)]
    if thread.due_at is None or thread.arrival is Arrival.NOT_TAKEN:
        return came
    by_when = _("Svar senest %(day)s.") % {"day": dates.day(thread.due_at)}
    here = thread.opened_at or thread.arrival is Arrival.ARRIVED
    return [*came, Step(title=_("Blir besvart"), text=by_when, state="now" if here else "next")]


def _end(view: EConsultationView) -> Step:
    state = "stopped" if view.status in OVER else "done"
    return Step(title=str(texts.STATUS[view.status]), at=view.ended_at, state=state)


def card_facts(view: EConsultationView) -> list[Fact]:
    """The four fields of the card, and when somebody follows up."""
    if view.card is None:
        return []
    facts = [Fact(name=str(texts.CARD[kind]), value=words) for kind, words in view.card.fields]
    if view.card.follow_up_on:
        facts.append(Fact(name=_("Avtalt oppfølging"), value=agreed(view.card)))
    return facts


def agreed(card: CardView) -> str:
    """Who follows up, and by which day."""
    if card.follow_up_on is None:
        return ""
    return _("%(who)s følger opp innen %(day)s.") % {
        "who": card.follow_up_owner,
        "day": dates.day(card.follow_up_on),
    }


def card(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """The card alone, to print and hang on the fridge."""
    thread, view, _card = _concluded(request, conversation_id)
    return show(
        request,
        "portal/econsultation_card.html",
        one=view,
        thread=thread,
        card=card_facts(view),
        back_to=reverse("portal:thread", args=[conversation_id]),
    )


def card_pdf(request: HttpRequest, conversation_id: UUID) -> HttpResponseBase:
    """The card as a file to keep or send to the printer."""
    thread, view, card = _concluded(request, conversation_id)
    office, words = thread.owner.office, {str(kind): said for kind, said in card.fields}
    if card.follow_up_on:
        words["who_follows_up_by_when"] += f"\n\n{agreed(card)}"
    data = paper.care_card(
        paper.CareCard(
            sender=paper.Sender(name=office.name, address=office.address, phone=office.phone),
            patient=thread.patient.name,
            day=oslo_day(view.ended_at or thread.changed_at),
            practitioner=view.ended_by,
            conclusion=paper.Conclusion(**words),
        )
    )
    name = _("etter e-konsultasjonen") + ".pdf"
    return download([data], name=name, media_type="application/pdf", size=len(data))


def _concluded(
    request: HttpRequest, conversation_id: UUID
) -> tuple[Thread, EConsultationView, CardView]:
    by = acting(request)
    thread = conversations.read(by=by, conversation_id=conversation_id)
    view = queries.view(by, conversation_id)
    if view.card is None:
        raise NotFound
    return thread, view, view.card
