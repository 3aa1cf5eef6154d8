"""A conversation as one line in the patient's own lists; kinds, times and states, never words."""

from django.urls import reverse
from django.utils.translation import gettext as _

from dialog.actor import Side
from dialog.conversations import texts
from dialog.conversations.policy import Outcome, Status
from dialog.conversations.queries import Matter
from dialog.people import queries as people
from dialog.portal.services import ICON
from dialog.ui import dates
from dialog.ui.parts import Link


def line(matter: Matter) -> Link:
    """What it is about, who began, when something last happened, and where it stands."""
    label, color = _state(matter)
    return Link(
        href=reverse("portal:thread", args=[matter.id]),
        title=title(matter),
        text=_when(matter),
        icon=ICON[matter.kind],
        label=label,
        color=color,
    )


def title(matter: Matter) -> str:
    """The service, and the topic where there is one."""
    topic = str(texts.TOPIC[matter.topic])
    kind = str(texts.MATTER[matter.kind])
    return f"{kind}: {topic}" if topic else kind


def _when(matter: Matter) -> str:
    """One time: when something last happened; the conversation itself tells the others."""
    if matter.started_side is Side.PATIENT and matter.changed_at == matter.started_at:
        return _("Sendt %(when)s.") % {"when": dates.short_moment(matter.started_at)}
    changed = _("Sist endret %(when)s.") % {"when": dates.short_moment(matter.changed_at)}
    if matter.started_side is Side.PATIENT:
        return changed
    return _("Fra %(office)s.") % {"office": matter.practice_name} + f" {changed}"


def _state(matter: Matter) -> tuple[str, str]:
    if matter.do_by is not None:
        late = matter.do_by < people.today()
        words = _("Fristen var %(day)s") if late else _("Gjør innen %(day)s")
        return words % {"day": dates.day_of_month(matter.do_by)}, "danger" if late else "warning"
    if matter.unread:
        return _("Nytt fra legekontoret"), "accent"
    if matter.outcome is not None and matter.outcome is not Outcome.ANSWERED:
        return str(texts.OUTCOME[matter.outcome]), "neutral"
    color = "warning" if matter.status is Status.WITH_PATIENT else "neutral"
    return str(texts.STATUS_FOR_PATIENT[matter.status]), color
