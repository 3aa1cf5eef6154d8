"""How long things are kept, what goes soon, and by which rule (R223)."""

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dialog import retention
from dialog.actor import Actor
from dialog.conversations import queries, texts
from dialog.conversations.policy import Kind
from dialog.retention import Kept
from dialog.ui.parts import Fact
from dialog.workspace.views.settings.desk import managing, page

OTHER: dict[str, Promise] = {
    retention.NATIONAL_MESSAGES: gettext_lazy("Kopi av meldinger til og fra journalsystemet"),
    retention.NOTIFICATIONS: gettext_lazy("Hvem som ble varslet på SMS"),
    retention.UNSENT_FILES: gettext_lazy("Filer som ikke ble sendt"),
    retention.USED_CLICKS: gettext_lazy("Vern mot at det samme sendes to ganger"),
    retention.ASKED_TIMES: gettext_lazy("Spørsmål til journalsystemet om ledige timer"),
    retention.LOOK_REASONS: gettext_lazy("Hvorfor noen åpnet en pasient"),
    retention.LOG_SEARCHES: gettext_lazy("Søk i loggen, og formålet med dem"),
    retention.BREACHES: gettext_lazy("Avvik, fra de er avsluttet"),
    retention.UNUSUAL_LOOKS: gettext_lazy("Vurderte oppslag som var annerledes enn vanlig"),
    retention.WORK_DAYS: gettext_lazy(
        "Hvem ansatte åpnet uten en pågående sak, til å sammenligne med"
    ),
}


def kept(request: HttpRequest) -> HttpResponse:
    """Everything that is kept, matters first."""
    by = managing(request)
    return page(request, "kept", kept=[_one(by, one) for one in retention.table().values()])


def _one(by: Actor, one: Kept) -> dict[str, object]:
    return {
        "title": str(OTHER[one.kind] if one.kind in OTHER else texts.LANE[Kind(one.kind)]),
        "verified": one.verified,
        "facts": [
            Fact(name=_("Slettes"), value=_when(one)),
            *_soon(by, one),
            Fact(name=_("Grunnlag"), value=one.basis),
        ],
    }


def _when(one: Kept) -> str:
    if one.kind in retention.WITH_THE_LOG:
        return _("Aldri. Det hører til loggen.")
    if one.days is None and one.kind == retention.BREACHES:
        return _("Ikke av seg selv.")
    if one.days is None:
        return _("Ikke av seg selv. Legen kan bestemme at innholdet i en sak slettes.")
    words = ngettext("Etter %(n)d dag", "Etter %(n)d dager", one.days) % {"n": one.days}
    if one.kind not in retention.CONVERSATIONS:
        return words
    return _("%(days)s fra saken ble avsluttet, aldri før den er ført i journal") % {"days": words}


def _soon(by: Actor, one: Kept) -> list[Fact]:
    before = one.until()
    if before is None or one.kind not in retention.CONVERSATIONS:
        return []
    many = queries.going_soon(by, Kind(one.kind), before)
    value = ngettext("%(n)d sak", "%(n)d saker", many) % {"n": many}
    if many == queries.COUNTED:
        value = _("%(n)d saker eller flere") % {"n": many}
    return [Fact(name=_("De neste 30 dagene"), value=value)]
