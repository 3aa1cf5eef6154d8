"""The lists at the left of every page of the workspace, with how many wait in each."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dialog.actor import Actor
from dialog.breaches import policy as breach_policy
from dialog.breaches import queries as breaches
from dialog.conversations import queries, texts
from dialog.conversations.policy import Kind, sees_all, sees_own_lists
from dialog.conversations.queries import Lane
from dialog.econsultations import queries as econsultations
from dialog.ledger import queries as ledger
from dialog.oversight import queries as oversight
from dialog.ui import parts

FOLLOW_UPS, JOURNAL, ATTENTION, UNUSUAL = "follow-ups", "journal", "attention", "unusual"
BREACHES = "breaches"


def open_to(by: Actor) -> list[Lane]:
    """The lanes this actor may see at all; what one may not see is in no list and no count."""
    kinds = [kind for kind in Kind if sees_all(kind, by) or sees_own_lists(kind, by)]
    return [Lane.ALL, *(Lane(kind) for kind in kinds)]


def title(lane: Lane) -> str:
    """What a lane is called."""
    return _("Alle saker") if lane is Lane.ALL else str(texts.LANE[Kind(lane)])


def lanes(by: Actor, here: str = "") -> list[parts.Lane]:
    """The lanes, the promises to keep, and what could not be delivered when there is such."""
    counts = queries.lane_counts(by)
    found = [
        parts.Lane(
            href=f"{reverse('workspace:inbox')}?{urlencode({'liste': lane})}",
            title=title(lane),
            count=counts[lane],
            here=here == lane,
        )
        for lane in open_to(by)
    ]
    found.append(
        parts.Lane(
            href=reverse("workspace:follow_ups"),
            title=_("Oppfølging"),
            count=queries.follow_up_count(by),
            here=here == FOLLOW_UPS,
        )
    )
    mine = _attention(by, here) + _unusual(by, here) + _breaches(by, here)
    return found + _journal(by, here) + mine


def _journal(by: Actor, here: str) -> list[parts.Lane]:
    """What a doctor has not put in the journal yet; nothing to those who see none of it."""
    waiting = econsultations.not_journaled_count(by)
    if not waiting and here != JOURNAL:
        return []
    return [
        parts.Lane(
            href=reverse("workspace:econsultations_not_journaled"),
            title=_("Ikke ført i journal"),
            count=waiting,
            here=here == JOURNAL,
        )
    ]


def _attention(by: Actor, here: str) -> list[parts.Lane]:
    waiting = ledger.parked_count(by)
    if not waiting and here != ATTENTION:
        return []
    return [
        parts.Lane(
            href=reverse("workspace:attention"),
            title=_("Må ses på"),
            count=waiting,
            here=here == ATTENTION,
            color="danger",
        )
    ]


def _unusual(by: Actor, here: str) -> list[parts.Lane]:
    """For those who follow up the log what waits for them, and for anybody what they are asked
    about a look of their own; to all others there is nothing.
    """
    counts = oversight.unusual_counts(by)
    found = []
    if counts.to_judge or here == UNUSUAL:
        address, title = reverse("workspace:unusual_looks"), _("Oppslag å vurdere")
        found.append(
            parts.Lane(href=address, title=title, count=counts.to_judge, here=here == UNUSUAL)
        )
    if counts.to_answer:
        address, title = reverse("workspace:own_log"), _("Spørsmål til deg")
        found.append(parts.Lane(href=address, title=title, count=counts.to_answer))
    return found


def _breaches(by: Actor, here: str) -> list[parts.Lane]:
    """What went wrong, to those who follow up the log: red when its clock has run out, or was
    reminded of and nobody has looked since.
    """
    if not breach_policy.may_follow_up(by):
        return []
    waiting = breaches.waiting(by)
    late = waiting.first is not None and waiting.first < timezone.now()
    return [
        parts.Lane(
            href=reverse("workspace:breaches"),
            title=_("Avvik"),
            count=waiting.count,
            here=here == BREACHES,
            color="danger" if late or waiting.reminded else "neutral",
        )
    ]
