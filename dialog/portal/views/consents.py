"""Being a digital user: what one has said yes to, saying it, and taking it back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dialog.actor import Consenting
from dialog.errors import ConsentMissing
from dialog.people import actions, queries, texts
from dialog.ui.acting import acting
from dialog.ui.forms import Form, show

SAVED: dict[str, Promise] = {
    "ja": _("Takk. Du kan bruke alle tjenestene fra nå av."),
    "nei": _("Ja-et er trukket tilbake. Det gjelder fra nå av."),
}


def consent(request: HttpRequest) -> HttpResponse:
    """What has been said, and the way to say it; the yes itself is taken by ``SaysYes``."""
    by = acting(request)
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_bound:
        if by.consent is Consenting.GIVEN:
            return redirect(f"{reverse('portal:consent')}?lagret=ja")
        form.refuse(ConsentMissing(texts.TICK_FOR_YES))
    said = queries.yeses(by)
    standing = next((one for one in said if one.ended_at is None), None)
    return show(
        request,
        "portal/consent.html",
        form,
        history=said,
        words=f"portal/consent/{standing.text_version}.html" if standing else "",
        may_take_back=queries.may_take_back_yes(by),
        saved=SAVED.get(request.GET.get("lagret", ""), ""),
        back_to=reverse("portal:settings"),
    )


def take_back(request: HttpRequest) -> HttpResponse:
    """What happens and what does not when the yes is taken back; and doing it (R5)."""
    by = acting(request)
    if request.method == "POST":
        actions.take_back_yes(by=by)
        return redirect(f"{reverse('portal:consent')}?lagret=nei")
    if by.consent is not Consenting.GIVEN:
        return redirect("portal:consent")
    return show(request, "portal/take_back_yes.html", back_to=reverse("portal:consent"))
