"""What is done without anybody asking: let proposals and unanswered times run out, and publish the
days that come.
"""

from uuid import UUID

from django.utils import timezone

from dialog import rows
from dialog.actor import PLATFORM
from dialog.appointments.actions import expire_offer, expire_unanswered, publish_slots
from dialog.appointments.models import Appointment, Schedule, TimesAsked
from dialog.appointments.policy import AppointmentStatus
from dialog.ledger.rounds import Round, each
from dialog.people import queries as people
from dialog.retention import ASKED_TIMES, gone_before

OFFERS, UNANSWERED, TIMEBOOKS = Round(), Round(), Round()


def expire_offers() -> None:
    """Let go of times that were proposed and never answered."""
    with rows.seeing(scope="relay"):
        run_out = Appointment.objects.filter(
            status=AppointmentStatus.OFFERED, offered_until__lte=timezone.now()
        )
        found = OFFERS.part(run_out, "conversation_id", "practice_id")
    each(found, _expire)


def _expire(conversation_id: UUID, practice_id: int) -> None:
    with rows.seeing(practice=practice_id):
        expire_offer(by=PLATFORM, conversation_id=conversation_id)


def let_unanswered_go() -> None:
    """Tell patients of times that have begun before the record system said yes or no."""
    with rows.seeing(scope="relay"):
        begun = Appointment.objects.filter(
            status=AppointmentStatus.PENDING, starts__lte=timezone.now()
        )
        found = UNANSWERED.part(begun, "conversation_id", "practice_id")
    each(found, _let_go)


def _let_go(conversation_id: UUID, practice_id: int) -> None:
    with rows.seeing(practice=practice_id):
        expire_unanswered(by=PLATFORM, conversation_id=conversation_id)


def forget_what_was_asked() -> None:
    """Forget what record systems were asked for free times, when its time is over."""
    before = gone_before(ASKED_TIMES)
    if before is not None:
        with rows.seeing(scope="relay"):
            TimesAsked.objects.filter(asked_at__lt=before).delete()


def top_up() -> None:
    """Publish the times of the day that has come within each timebook's horizon, once a day."""
    with rows.seeing(scope="relay"):
        behind = Schedule.objects.exclude(published_on=people.today())
        found = TIMEBOOKS.part(behind, "id", "practice_id")
    each(found, _publish)


def _publish(schedule_id: int, practice_id: int) -> None:
    with rows.seeing(practice=practice_id):
        schedule = Schedule.objects.select_related("practitioner").get(id=schedule_id)
        publish_slots(by=PLATFORM, practitioner=schedule.practitioner.uuid)
