"""The lists at the left of every page of the workspace, with how many wait in each."""

from collections.abc import Mapping
from dataclasses import dataclass
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
from dialog.statements import answers
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """How much waits for one member, in every room."""

    by_lane: Mapping[Lane, int]
    promised: int
    not_journaled: int
    parked: int
    unusual: oversight.Counts
    breaches: breaches.Waiting


def waits(by: Actor) -> Waits:
    """All of it by one statement: every page of the workspace asks."""
    by_lane, promised, not_journaled, parked, unusual, broken = answers(
        queries.lane_counts(by),
        queries.follow_up_count(by),
        econsultations.not_journaled_count(by),
        ledger.parked_count(by),
        oversight.unusual_counts(by),
        breaches.waiting(by),
    )
    return Waits(
        by_lane=by_lane,
        promised=promised,
        not_journaled=not_journaled,
        parked=parked,
        unusual=unusual,
        breaches=broken,
    )


def lanes(by: Actor, here: str = "", *, found: Waits | None = None) -> list[parts.Lane]:
    """The lanes, the promises to keep, and what could not be delivered when there is such;
    ``found`` is what waits, when the page has asked already.
    """
    found = found or waits(by)
    shown = [
        parts.Lane(
            href=f"{reverse('workspace:inbox')}?{urlencode({'liste': lane})}",
            title=title(lane),
            count=found.by_lane[lane],
            here=here == lane,
        )
        for lane in open_to(by)
    ]
    shown.append(
        parts.Lane(
            href=reverse("workspace:follow_ups"),
            title=_("Oppfølging"),
            count=found.promised,
            here=here == FOLLOW_UPS,
        )
    )
    shown += _journal(found.not_journaled, here) + _attention(found.parked, here)
    shown += _unusual(found.unusual, here)
    return shown + (_breaches(found.breaches, here) if breach_policy.may_follow_up(by) else [])


def _journal(waiting: int, here: str) -> list[parts.Lane]:
    """What a doctor has not put in the journal yet; nothing to those who see none of it."""
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


def _attention(waiting: int, here: str) -> list[parts.Lane]:
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


def _unusual(counts: oversight.Counts, here: str) -> list[parts.Lane]:
    """For those who follow up the log what waits for them, and for anybody what they are asked
    about a look of their own; to all others there is nothing.
    """
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


def _breaches(waiting: breaches.Waiting, here: str) -> list[parts.Lane]:
    """What went wrong, to those who follow up the log: red when its clock has run out, or was
    reminded of and nobody has looked since.
    """
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
