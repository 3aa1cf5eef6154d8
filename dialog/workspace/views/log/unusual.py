"""Looks that were unlike the usual: asked about, answered and judged (R217, R220, R232)."""

from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dialog.actor import Actor
from dialog.oversight import actions, queries
from dialog.oversight.policy import LONGEST_WORDS, Standing, Verdict
from dialog.oversight.queries import Unusual
from dialog.oversight.texts import SIGN, STANDING, VERDICT
from dialog.people.policy import may_manage_office
from dialog.ui import dates, fields
from dialog.ui.acting import acting
from dialog.ui.forms import Form, show, submit
from dialog.ui.parts import Fact
from dialog.workspace.lanes import UNUSUAL, lanes
from dialog.workspace.said import said, say
from dialog.workspace.views.log.lines import shown
from dialog.workspace.views.log.searching import reviewing

ASK = "ask"
LAST_JUDGED = 20
LINES = 30
SAID = {
    ASK: gettext_lazy("Spørsmålet er sendt. Oppslaget står her igjen når den ansatte har svart."),
    Verdict.IN_ORDER: gettext_lazy("Oppslaget er vurdert: i orden."),
    Verdict.BREACH: gettext_lazy("Oppslaget er vurdert: brudd på reglene."),
}


class JudgeForm(Form):
    """In order, a breach, or a question first; each with a few words."""

    what = fields.Choice(
        label=gettext_lazy("Hva vil du gjøre?"),
        choices=fields.options([
            (
                ASK,
                gettext_lazy("Spør den ansatte"),
                gettext_lazy("Skriv spørsmålet nedenfor. Oppslaget venter til det er svart."),
            ),
            (
                str(Verdict.IN_ORDER),
                gettext_lazy("Det er i orden"),
                gettext_lazy("Det var en grunn til å åpne dette."),
            ),
            (
                str(Verdict.BREACH),
                gettext_lazy("Det er brudd på reglene"),
                gettext_lazy("Det var ingen grunn til å åpne dette. Så skriver du ned avviket."),
            ),
        ]),
    )  # fmt: skip
    words = fields.Words(
        label=gettext_lazy("Spørsmål eller begrunnelse"),
        help_text=gettext_lazy("Den ansatte leser dette. Pasienten leser det ikke."),
        rows=3,
        max_length=LONGEST_WORDS,
    )


class AnswerForm(Form):
    """How it was."""

    answer = fields.Words(
        label=gettext_lazy("Svaret ditt"),
        help_text=gettext_lazy("De som følger opp loggen, leser dette. Pasienten leser det ikke."),
        rows=3,
        max_length=LONGEST_WORDS,
    )


def unusual_looks(request: HttpRequest) -> HttpResponse:
    """What waits to be judged, the oldest first; one's own apart."""
    by = reviewing(request)
    waiting = queries.unusual_looks(by)
    return show(
        request,
        "workspace/log/unusual.html",
        said=said(request),
        waiting=[in_words(one) for one in waiting if not one.mine],
        mine=[in_words(one) for one in waiting if one.mine],
        judged=[in_words(one) for one in queries.judged_looks(by, most=LAST_JUDGED)],
        may_manage=may_manage_office(by),
        lanes=lanes(by, here=UNUSUAL),
        back_to=reverse("workspace:log"),
        back_words=_("Logg"),
    )


def unusual_look(request: HttpRequest, unusual_look_id: UUID) -> HttpResponse:
    """One of them: for those who judge it, and for whoever looked."""
    by = acting(request)
    one = queries.unusual_look_for(by, unusual_look_id)
    form = _form(request, one)
    if form is not None and form.is_bound:
        submit(form, partial(_act, by, one))
        if form.done:
            say(request, _thanks(form))
            return redirect(_onward(one, form))
    lines = queries.looks_of(by, one, most=LINES)
    return show(
        request,
        "workspace/log/unusual_one.html",
        form,
        one=in_words(one),
        facts=_facts(one),
        lines=shown(by, lines),
        search=_search(one),
        own=one.mine,
        breach=register_breach(one) if one.verdict is Verdict.BREACH and one.may_judge else "",
        lanes=lanes(by, here="" if one.mine else UNUSUAL),
        back_to=reverse(_back(one)),
        back_words=_("Loggen om deg") if one.mine else _("Oppslag å vurdere"),
    )


def in_words(one: Unusual) -> dict[str, Any]:
    """One of them as it stands on a page."""
    return {
        "one": one,
        "title": _title(one),
        "href": reverse("workspace:unusual_look", args=[one.id]),
        "signs": [SIGN[sign] for sign in one.signs],
        "standing": _standing(one),
    }


def _standing(one: Unusual) -> str:
    """Nothing for what nobody has touched yet."""
    if one.verdict:
        return str(VERDICT[one.verdict])
    if one.mine and one.standing is Standing.ASKED:
        return _("Venter på svar fra deg")
    return "" if one.standing is Standing.WAITS else str(STANDING[one.standing])


def _title(one: Unusual) -> str:
    if one.patient_id is None:
        words = ngettext("%(who)s åpnet %(n)d pasient", "%(who)s åpnet %(n)d pasienter", one.looks)
        return words % {"who": one.name, "n": one.looks}
    return _("%(who)s åpnet noe om %(patient)s") % {"who": one.name, "patient": one.patient}


def _form(request: HttpRequest, one: Unusual) -> Form | None:
    if one.standing is Standing.JUDGED and request.method != "POST":
        return None
    if one.mine:
        return AnswerForm(request.POST or None) if one.asked_at else None
    return JudgeForm(request.POST or None)


def _act(by: Actor, one: Unusual, *, what: str = "", words: str = "", answer: str = "") -> None:
    if one.mine:
        actions.answer_about_look(by=by, unusual_look_id=one.id, answer=answer)
    elif what == ASK:
        actions.ask_about_look(by=by, unusual_look_id=one.id, question=words)
    else:
        actions.judge_look(by=by, unusual_look_id=one.id, verdict=Verdict(what), reason=words)


def _thanks(form: Form) -> str:
    if isinstance(form, AnswerForm):
        return _("Svaret er sendt til dem som følger opp loggen.")
    return str(SAID[form.cleaned_data["what"]])


def _onward(one: Unusual, form: Form) -> str:
    """A breach of the rules is a deviation too, and the register asks for the rest."""
    breach = form.cleaned_data.get("what") == Verdict.BREACH
    return register_breach(one) if breach else reverse(_back(one))


def register_breach(one: Unusual) -> str:
    """Where it is written down as a deviation, with what is known already."""
    return f"{reverse('workspace:new_breach')}?{urlencode({'oppslag': one.id})}"


def _back(one: Unusual) -> str:
    return "workspace:own_log" if one.mine else "workspace:unusual_looks"


def _search(one: Unusual) -> str:
    """Whom it was a whole day is searched for with a purpose, as anything else."""
    if one.patient_id is not None or one.mine or one.account_uuid is None:
        return ""
    return reverse("workspace:log_colleague", args=[one.account_uuid])


def _facts(one: Unusual) -> list[Fact]:
    facts = [
        Fact(name=_("Ansatt"), value=one.name),
        Fact(name=_("Dag"), value=dates.day_of_month(one.day)),
    ]
    if one.patient_id is None:
        facts.append(Fact(name=_("Pasienter"), value=str(one.looks)))
    else:
        facts.insert(1, Fact(name=_("Pasient"), value=one.patient))
    if _standing(one):
        facts.append(Fact(name=_("Status"), value=_standing(one)))
    if one.judged_at is not None:
        who = f"{one.judged_by}, {dates.short_moment(one.judged_at)}"
        facts.append(Fact(name=_("Vurdert av"), value=who))
    return facts
