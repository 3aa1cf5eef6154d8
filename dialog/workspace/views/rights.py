"""What is wrong in a matter: asked by either side, and corrected, erased or declined by a doctor
(R224).
"""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialog.conversations import actions, texts
from dialog.conversations.queries import RequestView, Thread
from dialog.conversations.rights import LONGEST, Decision, may_decide
from dialog.conversations.rights_form import RightsForm
from dialog.errors import InvalidInput
from dialog.ui import dates, fields
from dialog.ui.acting import acting
from dialog.ui.forms import Form, show, submit
from dialog.ui.parts import Fact
from dialog.workspace.lanes import lanes
from dialog.workspace.onward import lane_of
from dialog.workspace.patient import strip
from dialog.workspace.talk import bubbles


class DecideForm(Form):
    """What is decided, and why; a correction says which words it is about."""

    decision = fields.Choice(
        label=gettext_lazy("Hva bestemmer du?"),
        choices=fields.options([
            (
                Decision.CORRECTED,
                gettext_lazy("Rett"),
                gettext_lazy("Det som står, blir stående. Rettelsen kommer rett under."),
            ),
            (
                Decision.ERASED,
                gettext_lazy("Slett alt innhold i saken"),
                gettext_lazy("Meldinger, filer og merknader blir borte for alle, for godt."),
            ),
            (
                Decision.DECLINED,
                gettext_lazy("Avslå"),
                gettext_lazy("Ingenting endres. Pasienten får vite hvorfor, og kan klage."),
            ),
        ]),
    )  # fmt: skip
    message_id = fields.Select(label=gettext_lazy("Hva rettes?"), required=False)
    correction = fields.Words(
        label=gettext_lazy("Rettelsen"),
        help_text=gettext_lazy("Bare når du retter. Skriv det som er riktig."),
        required=False,
        rows=3,
        max_length=LONGEST,
    )
    reason = fields.Words(
        label=gettext_lazy("Begrunnelse"),
        help_text=gettext_lazy("Pasienten leser den. Den blir stående også når innholdet slettes."),
        rows=3,
        max_length=LONGEST,
    )
    sure = fields.Check(label=gettext_lazy("Ved sletting: Jeg vet at det ikke kan angres"))

    def __init__(self, *args: Any, thread: Thread, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = [
            (str(one.id), f"{one.author_name}, {dates.short_moment(one.sent_at)}")
            for one in thread.messages
            if not one.hidden
        ]
        choices = [("", _("Saken som helhet")), *said]
        self.fields["message_id"].choices = choices  # type: ignore[attr-defined]  # a Select

    def clean(self) -> dict[str, Any]:
        """The choice in the action's words; what cannot be undone is said twice."""
        found = dict(self.cleaned_data)
        sure = found.pop("sure", False)
        if not found.get("decision"):
            return found
        found["decision"] = Decision(found["decision"])
        if found["decision"] is Decision.ERASED and not sure:
            self.add_error("sure", _("Kryss av her for å slette."))
        if found["decision"] is Decision.CORRECTED and not found.get("correction", "").strip():
            self.add_error("correction", str(InvalidInput.sentence))
        chosen = found.pop("message_id", "")
        return {**found, "message_id": UUID(chosen) if chosen else None}


def ask(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Mark that something must be corrected or erased; it waits for the doctor."""
    by = acting(request)
    thread = actions.read(by=by, conversation_id=conversation_id)
    form = RightsForm(request.POST or None)
    if form.is_bound:
        submit(form, partial(actions.ask_for_right, by=by, conversation_id=conversation_id))
        if form.done:
            return _onward(by, conversation_id)
    elif not thread.may_ask:
        return redirect("workspace:conversation", conversation_id)
    lead = _("Legen bestemmer. Pasienten får vite det når noe er rettet eller slettet.")
    heading, yes = _("Rett eller slett noe"), _("Legg det til legen")
    return _page(request, thread, form, heading=heading, lead=lead, yes=yes)


def _onward(by: Any, conversation_id: UUID) -> HttpResponse:
    """A doctor decides at once; others go back to the matter."""
    after = "workspace:decide_right" if may_decide(by) else "workspace:conversation"
    return redirect(after, conversation_id)


def decide(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Decide what was asked, with a reason."""
    by = acting(request)
    thread = actions.read(by=by, conversation_id=conversation_id)
    waiting = next((one for one in thread.requests if one.decision is None), None)
    form = DecideForm(request.POST or None, thread=thread)
    if form.is_bound:
        submit(form, partial(actions.decide_right, by=by, conversation_id=conversation_id))
        if form.done:
            return redirect("workspace:conversation", conversation_id)
    elif waiting is None:
        return redirect("workspace:conversation", conversation_id)
    return _page(
        request,
        thread,
        form,
        heading=_("Krav om retting eller sletting"),
        lead="" if may_decide(by) else _("En lege må avgjøre dette."),
        yes=_("Avgjør") if may_decide(by) else "",
        facts=_facts(waiting) if waiting else [],
    )


def _page(
    request: HttpRequest, thread: Thread, form: Form, *, yes: str, **around: Any
) -> HttpResponse:
    by = acting(request)
    return show(
        request,
        "workspace/rights.html",
        form,
        yes=yes,
        strip=strip(thread.patient),
        bubbles=[one for one in bubbles(thread) if not one.internal],
        lanes=lanes(by, here=lane_of(request)[0]),
        back_to=reverse("workspace:conversation", args=[thread.id]),
        **around,
    )


def _facts(asked: RequestView) -> list[Fact]:
    who = _("Pasienten") if asked.by_patient else asked.asked_by
    return [
        Fact(name=_("Krav om"), value=str(texts.WISH[asked.wish])),
        Fact(name=_("Fra"), value=f"{who}, {dates.short_moment(asked.asked_at)}"),
        Fact(name=_("Frist"), value=dates.day(asked.due_at)),
        Fact(name=_("Begrunnelse for kravet"), value=asked.words),
    ]
