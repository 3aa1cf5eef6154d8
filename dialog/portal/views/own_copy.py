"""A copy of all that is the patient's own, of one conversation with its files, or of the log."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialog.actor import Actor
from dialog.conversations import actions, queries, texts
from dialog.errors import InvalidInput
from dialog.people.queries import today
from dialog.portal.matters import title
from dialog.portal.own_copy.archive import Archive, What
from dialog.portal.own_copy.turns import turn
from dialog.ui import dates, fields
from dialog.ui.acting import acting
from dialog.ui.downloads import download
from dialog.ui.forms import Form, show, submit

EVERYTHING, MATTER, LOG = "alt", "samtale", "logg"
MOST_LISTED = 500  # matters to choose one among; the page of each leads here too


class OwnCopyForm(Form):
    """What the copy is to be of."""

    what = fields.Choice(
        label=gettext_lazy("Hva vil du ha med?"),
        choices=fields.options(
            [
                (EVERYTHING, gettext_lazy("Alt"), gettext_lazy("Samtalene, filene og loggen.")),
                (
                    MATTER,
                    gettext_lazy("Bare én samtale"),
                    gettext_lazy("Med filene i den."),
                ),
                (LOG, gettext_lazy("Bare loggen"), gettext_lazy("Hvem som har sett og gjort hva.")),
            ]
        ),
    )
    matter = fields.Select(
        label=gettext_lazy("Hvilken samtale?"),
        required=False,
        help_text=gettext_lazy("Velg her hvis du bare vil ha én."),
    )

    def __init__(self, *args: Any, matters: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["matter"].choices = [("", _("Velg en samtale")), *matters]  # type: ignore[attr-defined]
        if not matters:
            del self.fields["matter"]


def own_copy(request: HttpRequest) -> HttpResponseBase:
    """Choose, and take it out."""
    by = acting(request)
    chosen = request.GET.get(MATTER, "")
    initial = {"what": MATTER if chosen else EVERYTHING, "matter": chosen}
    matters = _matters(by, request.POST.get("matter", chosen))
    form = OwnCopyForm(request.POST or None, matters=matters, initial=initial)
    if form.is_bound:
        archive = submit(form, partial(_taken, by))
        if archive is not None:
            name = _("kopi") + f"-{today():%Y-%m-%d}.zip"
            return download(archive, name=name, media_type="application/zip")
    return show(request, "portal/own_copy.html", form, back_to=reverse("portal:access_log"))


def _matters(by: Actor, chosen: str) -> list[tuple[str, str]]:
    """Each by what it is and when it was last changed; an old one that is chosen is there too."""
    listed = [
        (str(one.id), f"{title(one)}, {dates.numeric(one.changed_at)}")
        for one in queries.my_matters(by, most=MOST_LISTED)
    ]
    if not chosen or chosen in dict(listed):
        return listed
    try:
        old = queries.kinds_of(by, [UUID(chosen)])
    except ValueError:
        return listed
    return [*listed, *((str(id), str(texts.MATTER[kind])) for id, kind in old.items())]


def _taken(by: Actor, what: str, matter: str = "") -> Archive:
    if what == MATTER and not matter:
        raise InvalidInput(_("Velg hvilken samtale du vil ha en kopi av."), field="matter")
    mine = turn(by)
    if what == MATTER:
        actions.take_copy(by=by, conversation_id=UUID(matter))
        return Archive(by, What([UUID(matter)], log=False), mine)
    if what == LOG:
        actions.take_log(by=by)
        return Archive(by, What([], log=True), mine)
    return Archive(by, What(actions.take_everything(by=by), log=True), mine)
