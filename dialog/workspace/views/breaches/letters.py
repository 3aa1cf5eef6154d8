"""The letter to those affected: gone over, looked at on paper, and sent (article 34)."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialog.actor import Actor
from dialog.breaches import actions, papers, queries, texts
from dialog.breaches.actions import Sent
from dialog.breaches.policy import Told
from dialog.breaches.queries import BreachView
from dialog.errors import NotFound
from dialog.people import policy as ages
from dialog.people import queries as people
from dialog.ui.downloads import download
from dialog.ui.forms import show, submit
from dialog.workspace.lanes import BREACHES, lanes
from dialog.workspace.said import say
from dialog.workspace.views.breaches.forms import LANGUAGES, LettersForm
from dialog.workspace.views.breaches.listing import following


def letters(request: HttpRequest, breach_id: UUID) -> HttpResponseBase:
    """The words in each language, who gets them how, and sending; or a look at them on paper."""
    by = following(request)
    found = actions.read(by=by, breach_id=breach_id)
    waiting = [one.patient for one in found.untold]
    if not waiting or found.closed_at is not None:
        return redirect("workspace:breach", breach_id)
    form = LettersForm(
        request.POST or None,
        letters=_drafts(by, found, frozenset(one.language for one in waiting)),
        young=any(ages.is_young(one.born, people.today()) for one in waiting),
    )
    if form.is_bound and "look" in request.POST:
        if form.is_valid():
            return _on_paper(by, waiting[0], form.cleaned_data["words"][waiting[0].language])
    elif form.is_bound:
        sent = submit(form, partial(actions.send_letters, by=by, breach_id=breach_id))
        if sent is not None:
            say(request, _told(sent))
            return redirect("workspace:breach", breach_id)
    return _page(request, by, found, form, waiting)


def _page(
    request: HttpRequest,
    by: Actor,
    found: BreachView,
    form: LettersForm,
    waiting: list[people.Person],
) -> HttpResponse:
    ways = [(one, queries.reachable(by, one)) for one in waiting]
    return show(
        request,
        "workspace/breaches/letters.html",
        form,
        found=found,
        in_portal=[one.name for one, here in ways if here],
        on_paper=[one.name for one, here in ways if not here],
        lanes=lanes(by, here=BREACHES),
        back_to=reverse("workspace:breach", args=[found.id]),
    )


def _drafts(by: Actor, found: BreachView, languages: frozenset[str]) -> dict[str, str]:
    now = found.now
    office = people.office_by_id(by.practice)
    drafts = {}
    for language in (one for one in LANGUAGES if one in languages):
        with translation.override(language):
            drafts[language] = texts.letter(
                texts.About(
                    kind=found.kind,
                    happened_at=found.happened_at,
                    aware_at=found.aware_at,
                    information=now.information if now else "",
                    consequences=now.consequences if now else "",
                    measures=now.measures if now else "",
                    contact=(now.contact if now else "") or texts.contact_of(office, by.name),
                )
            )
    return drafts


def _told(sent: Sent) -> str:
    words = []
    if sent.portal:
        words.append(
            ngettext(
                "%(n)d har fått melding i portalen.",
                "%(n)d har fått melding i portalen.",
                sent.portal,
            )
            % {"n": sent.portal}
        )
    if sent.letters:
        words.append(
            ngettext(
                "%(n)d brev er klart til å skrives ut.",
                "%(n)d brev er klare til å skrives ut.",
                sent.letters,
            )
            % {"n": sent.letters}
        )
    if sent.left:
        words.append(
            ngettext(
                "%(n)d må få vite det på en annen måte.",
                "%(n)d må få vite det på en annen måte.",
                sent.left,
            )
            % {"n": sent.left}
        )
    return " ".join(words)


def letter(request: HttpRequest, breach_id: UUID, affected_id: UUID) -> HttpResponseBase:
    """The letter that somebody gets on paper, as it was written."""
    by = following(request)
    found = actions.read(by=by, breach_id=breach_id)
    one = queries.affected_for(by, found.id, affected_id)
    if one.told_how != Told.LETTER or not one.letter:
        raise NotFound
    return _on_paper(by, people.patient_by_id(one.patient_id), one.letter, one.told_by_name)


def _on_paper(
    by: Actor, patient: people.Person, text: str, signed_by: str = ""
) -> HttpResponseBase:
    with translation.override(patient.language):
        office = people.office_by_id(by.practice)
        printed = papers.letter_paper(text, patient, office, signed_by or by.name)
        name = _("brev.pdf")
    return download([printed], name=name, media_type="application/pdf", size=len(printed))
