"""Start e-konsultasjon: what it suits, what it costs and that it can wait; then the writing."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from dialog.conversations import actions as conversations
from dialog.conversations import queries as core
from dialog.conversations import tariff, texts
from dialog.conversations.policy import Kind
from dialog.econsultations import actions, queries
from dialog.econsultations.queries import Offer
from dialog.errors import NotFound
from dialog.portal.econsultation_forms import CalmForm, WriteForm
from dialog.portal.panels import SENT
from dialog.portal.services import BEGINS, offered
from dialog.portal.without_files import fit_files
from dialog.ui import dates
from dialog.ui.acting import acting
from dialog.ui.forms import show, submit
from dialog.ui.parts import Fact, Link, Price
from dialog.ui.uploads import keep_files

CALM = "econsultation_calm"


def start(request: HttpRequest) -> HttpResponse:
    """What it suits, who answers and by when, the price, and that nothing is urgent."""
    offer = queries.offer_for(acting(request))
    form = CalmForm(request.POST or None)
    if form.is_bound and form.is_valid() and offer.service.on:
        request.session[CALM] = True
        return redirect(_with_source(request, reverse("portal:econsultation_write")))
    return show(
        request,
        "portal/econsultation_start.html",
        form,
        offer=offer,
        price=_price(offer),
        facts=_promises(offer),
        open_ones=[_named(one) for one in offer.open_ones],
        **_around(request, offer),
    )


def _named(one: core.Matter) -> tuple[str, str]:
    words = f"{texts.TOPIC[one.topic] or texts.KIND[one.kind]}, {dates.moment(one.started_at)}"
    return reverse("portal:thread", args=[one.id]), words


def write(request: HttpRequest) -> HttpResponse:
    """The writing itself, with a yes to the price."""
    if not request.session.get(CALM) and request.method != "POST":
        return redirect(_with_source(request, reverse("portal:econsultation")))
    by = acting(request)
    offer = queries.offer_for(by)
    if request.method != "POST":
        return _writing(request, WriteForm(price=offer.price.amount), offer)
    form = WriteForm(request.POST, request.FILES, price=offer.price.amount)
    keep_files(
        form, keep=partial(conversations.keep_file, by=by), known=partial(core.kept_files, by)
    )
    send = partial(actions.request_econsultation, by=by, continues_id=_source(request))
    conversation = submit(form, send)
    if conversation is None:
        form.show_price_again(offer.price.amount)
        return _writing(request, form, offer)
    request.session.pop(CALM, None)
    request.session[SENT] = str(conversation.id)
    return redirect("portal:thread", conversation.id)


def _writing(request: HttpRequest, form: WriteForm, offer: Offer) -> HttpResponse:
    fit_files(form, taken=offer.takes_files)
    return show(
        request,
        "portal/econsultation_write.html",
        form,
        offer=offer,
        price=_price(offer),
        **_around(request, offer),
    )


def _around(request: HttpRequest, offer: Offer) -> dict[str, Any]:
    source = _source(request)
    back = reverse("portal:thread", args=[source]) if source else reverse("portal:home")
    found: dict[str, Any] = {
        "back_to": back,
        "continues": back if source else "",
        "appointment": BEGINS[Kind.APPOINTMENT],
    }
    if not offer.service.on:
        others = [one for one in offered(acting(request))[1] if one.on]
        found["links"] = [
            Link(href=one.href, title=one.title, text=one.purpose, icon=one.icon)
            for one in others
            if one.kind is not Kind.ECONSULTATION
        ]
    return found


def _source(request: HttpRequest) -> UUID | None:
    """The matter one goes on from, where there is one; somebody else's is not found."""
    said = request.GET.get("fra", "")
    if not said:
        return None
    try:
        return core.conversation_for(acting(request), UUID(said)).id
    except ValueError:
        raise NotFound from None


def _with_source(request: HttpRequest, address: str) -> str:
    source = _source(request)
    return f"{address}?fra={source}" if source else address


def _price(offer: Offer) -> Price:
    why = {
        tariff.UNDER_AGE: _("Barn og unge betaler ikke egenandel."),
        tariff.CEILING_CARD: _("Du har frikort og betaler ikke egenandel."),
    }
    most = _(
        "Du betaler vanlig egenandel, og aldri mer enn dette, uansett når legen svarer. "
        "Kan ikke legen svare her, eller trekker du den tilbake før noen har åpnet den, "
        "koster det ingenting."
    )
    return Price(amount=offer.price.amount, why=why.get(offer.price.code, most))


def _promises(offer: Offer) -> list[Fact]:
    return [
        Fact(name=_("Du skriver til"), value=offer.owner.name),
        Fact(name=_("Svar senest"), value=dates.day(offer.answered_by)),
        Fact(
            name=_("Hvem som leser"),
            value=_(
                "Legen. Er legen borte, leser vikaren. Andre på legekontoret ser den bare "
                "hvis legen har bestemt det."
            ),
        ),
        Fact(name=_("Journal"), value=_("Det dere skriver, blir en del av journalen din.")),
    ]
