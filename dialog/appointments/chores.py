"""What is done without anybody asking: let proposals run out, and publish the days that come."""

from django.utils import timezone

from dialog import rows
from dialog.actor import PLATFORM
from dialog.appointments.actions import expire_offer, publish_slots
from dialog.appointments.models import Appointment, Schedule
from dialog.appointments.policy import AppointmentStatus
from dialog.people import queries as people

AT_A_TIME = 200


def expire_offers() -> None:
    """Let go of times that were proposed and never answered."""
    with rows.seeing(scope="relay"):
        run_out = list(
            Appointment.objects.filter(
                status=AppointmentStatus.OFFERED, offered_until__lte=timezone.now()
            ).values_list("conversation_id", "practice_id")[:AT_A_TIME]
        )
    for conversation_id, practice_id in run_out:
        with rows.seeing(practice=practice_id):
            expire_offer(by=PLATFORM, conversation_id=conversation_id)


def top_up() -> None:
    """Publish the times of the day that has come within each timebook's horizon, once a day."""
    with rows.seeing(scope="relay"):
        behind = list(
            Schedule.objects.exclude(published_on=people.today()).values_list("id", "practice_id")[
                :AT_A_TIME
            ]
        )
    for schedule_id, practice_id in behind:
        with rows.seeing(practice=practice_id):
            schedule = Schedule.objects.select_related("practitioner").get(id=schedule_id)
            publish_slots(by=PLATFORM, practitioner=schedule.practitioner.uuid)
