"""Cancelling an appointment, or taking back a wish or what the office has not answered."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialog.appointments import actions, queries
from dialog.appointments.policy import APPOINTMENT, Step
from dialog.appointments.queries import AppointmentView
from dialog.portal.views.appointments.changes import ShownForm, over
from dialog.portal.views.appointments.panel import when_and_where
from dialog.ui import dates, fields
from dialog.ui.acting import acting
from dialog.ui.forms import show, submit


class CancelForm(ShownForm):
    """A word to the office; and, when it is late, a yes to what it costs."""

    text = fields.Words(
        label=gettext_lazy("Vil du si hvorfor?"),
        max_length=APPOINTMENT.longest,
        required=False,
        rows=3,
    )
    accepted_fee = fields.Check(label="")

    def ask_about(self, fee: int) -> None:
        """Ask for a yes to the fee only when there is one."""
        if not fee:
            del self.fields["accepted_fee"]
            return
        self.fields["accepted_fee"].label = _("Jeg forstår at det koster %(fee)s.") % {
            "fee": dates.kr(fee)
        }


def cancel(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Give a time back; when it is late, what it costs is shown first (R68-R70)."""
    by = acting(request)
    one = queries.appointment_for(by, conversation_id)
    if gone := over(request, one, Step.CANCEL):
        return gone
    fee = one.late_fee if one.late else 0
    posted = request.POST if request.method == "POST" else None
    form = CancelForm(posted, initial={"shown": one.version})
    form.ask_about(fee)
    if request.method == "POST":

        def act(accepted_fee: bool = False, **said: Any) -> object:
            return actions.cancel(
                by=by,
                conversation_id=conversation_id,
                **said,
                accepted_fee=fee if accepted_fee else None,
            )

        if submit(form, act) is not None:
            return redirect("portal:thread", conversation_id)
        form.show_again(one.version)
    back = reverse("portal:thread", args=[conversation_id])
    return show(
        request,
        "ui/confirm.html",
        form,
        **_cancel_words(one),
        sentences=_cancel_sentences(one),
        facts=when_and_where(one) if one.starts else [],
        no_href=back,
        back_to=back,
        dangerous=True,
    )


def _cancel_words(one: AppointmentView) -> dict[str, str]:
    if one.unconfirmed:
        return {
            "heading": _("Vil du trekke bestillingen?"),
            "yes": _("Ja, trekk bestillingen"),
            "no": _("Nei, vent på svar"),
        }
    if not one.starts:
        return {
            "heading": _("Vil du trekke ønsket?"),
            "yes": _("Ja, trekk ønsket"),
            "no": _("Nei, la det stå"),
        }
    return {
        "heading": _("Vil du avbestille timen?"),
        "yes": _("Ja, avbestill timen"),
        "no": _("Nei, behold timen"),
    }


def _cancel_sentences(one: AppointmentView) -> list[str]:
    if not one.starts or one.unconfirmed or not one.free_until or not one.late_fee:
        return [_("Det koster ingenting.")]
    words = {"moment": dates.moment(one.free_until), "fee": dates.kr(one.late_fee)}
    if one.late:
        return [
            _("Fristen for å avbestille gratis var %(moment)s.") % words,
            _("Avbestiller du nå, koster det %(fee)s. Da kan en annen få timen.") % words,
        ]
    return [_("Det er gratis å avbestille fram til %(moment)s.") % words]
