"""Going on elsewhere with the same words and files: one yes, and nothing is written again (R51)."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialog.actor import Actor
from dialog.appointments import actions as appointments
from dialog.appointments.policy import APPOINTMENT
from dialog.conversations import actions as conversations
from dialog.conversations import queries
from dialog.conversations.policy import Kind, Topic
from dialog.conversations.queries import FileView
from dialog.econsultations import actions as econsultations
from dialog.econsultations import queries as econsultation_queries
from dialog.enquiries import actions as enquiries
from dialog.errors import AlreadyGoneOn, WrongState
from dialog.portal.econsultation_forms import WriteForm
from dialog.portal.enquiry_form import AskForm
from dialog.portal.services import BEGINS, offered
from dialog.portal.talk import file_line
from dialog.portal.without_files import fit_files
from dialog.portal.words_along import make_room
from dialog.ui import fields
from dialog.ui.acting import acting
from dialog.ui.forms import Form, show, submit
from dialog.ui.parts import Price
from dialog.ui.uploads import Files, keep_files

USUAL_TOPIC = Topic.KNOWN_PROBLEM


class WishForm(Form):
    """A wish for a time, in the words already written."""

    text = fields.Words(
        label=gettext_lazy("Hva trenger du time for?"), max_length=APPOINTMENT.longest
    )


def carry(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """The same text and files, the price where there is one, and one button."""
    by = acting(request)
    thread = queries.thread(by, conversation_id)
    to = thread.redirected_to
    if to is None:
        raise WrongState
    after = next((one for one, kind in thread.continued_by if kind is to), None)
    if after is not None:
        return redirect("portal:thread", after)
    if to is Kind.RENEWAL:
        return redirect(f"{BEGINS[to]}?fra={conversation_id}")
    return go_on(request, by, conversation_id, to)


def go_on(
    request: HttpRequest,
    by: Actor,
    source: UUID,
    to: Kind,
    *,
    becomes: str = "",
    back_to: str = "",
    topic: Topic = Topic.NONE,
) -> HttpResponse:
    """The page that carries words and files on; ``becomes`` says what becomes of where they were,
    ``topic`` is the one chosen there.
    """
    conversations.look(by=by, conversation_id=source)
    text, files = queries.text_to_carry(by, source)
    make, act = {
        Kind.ECONSULTATION: _as_econsultation,
        Kind.ENQUIRY: _as_enquiry,
        Kind.APPOINTMENT: _as_wish,
    }[to](by, topic)
    form = make(request.POST, request.FILES) if request.method == "POST" else make()
    make_room(form, text)
    form.fields.pop("calm", None)
    _offer_files(form, files)
    if form.is_bound:
        if "files" in form.fields:
            keep = partial(conversations.keep_file, by=by)
            keep_files(form, keep=keep, known=partial(_known, by, files))
        made = submit(form, partial(act, by=by, continues_id=source))
        if made is not None:
            return redirect("portal:thread", getattr(made, "conversation_id", made.id))
        if isinstance(form.refusal, AlreadyGoneOn):
            return redirect(request.path)
        if isinstance(form, WriteForm):
            form.show_price_again(_price(by))
    around = {"becomes": becomes, "back_to": back_to or reverse("portal:thread", args=[source])}
    return _page(request, form, source, to, text=text, files=files, **around)


def _page(
    request: HttpRequest,
    form: Form,
    source: UUID,
    to: Kind,
    *,
    text: str,
    files: Sequence[FileView],
    **around: str,
) -> HttpResponse:
    by = acting(request)
    service = next((one for one in offered(by)[1] if one.kind is to), None)
    takes_files = service is not None and service.takes_files
    fit_files(form, taken=takes_files)
    return show(
        request,
        "portal/carry.html",
        form,
        service=service,
        wrote=bool(text or files),
        files_stay=bool(files) and not takes_files,
        price=Price(
            amount=_price(by),
            why=_("Du betaler først når legen har svart. Kan ikke legen svare, er det gratis."),
        )
        if to is Kind.ECONSULTATION
        else None,
        choose_time=f"{BEGINS[to]}?fra={source}" if to is Kind.APPOINTMENT else "",
        **around,
    )


def _price(by: Actor) -> int:
    return econsultation_queries.price_today(by.patient).amount


Made = tuple[Callable[..., Form], Callable[..., Any]]


def _as_econsultation(by: Actor, topic: Topic) -> Made:
    initial = {"topic": topic or USUAL_TOPIC}
    make = partial(WriteForm, price=_price(by), initial=initial)
    return make, econsultations.request_econsultation


def _as_enquiry(by: Actor, topic: Topic) -> Made:
    return partial(AskForm, initial={"topic": topic or Topic.OTHER}), enquiries.ask_practice


def _as_wish(by: Actor, topic: Topic) -> Made:
    return WishForm, appointments.request_appointment


def _offer_files(form: Form, files: Sequence[FileView]) -> None:
    field = form.fields.get("files")
    if isinstance(field, Files) and not form.is_bound:
        field.kept = [(str(one.id), file_line(one)) for one in files]


def _known(by: Actor, carried: Sequence[FileView], ids: Sequence[UUID]) -> list[Any]:
    return [one for one in carried if one.id in ids] + list(queries.kept_files(by, ids))
