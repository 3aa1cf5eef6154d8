"""Kontakt legekontoret: short, practical, no clinical questions."""

from dialog.actor import Role
from dialog.conversations.policy import Kind, PatientReply, ServicePolicy, Topic, offer

ENQUIRY = offer(
    ServicePolicy(
        kind=Kind.ENQUIRY,
        answered_by=frozenset({Role.PRACTITIONER, Role.NURSE, Role.STAFF}),
        owner=Role.STAFF,
        practice_may_start=True,
        patient_reply=PatientReply.LIMITED,
        charged=False,
        answer_days=2,
        longest=1000,
        attachments=True,
        goes_along=True,
        topics=(
            Topic.OPENING_HOURS,
            Topic.INVOICE,
            Topic.CERTIFICATE,
            Topic.CHANGE_OF_APPOINTMENT,
            Topic.LAB,
            Topic.ADDRESS,
            Topic.FEE_COMPLAINT,
            Topic.OTHER,
        ),
        office_topics=(
            Topic.INFORMATION,
            Topic.QUESTION,
            Topic.TEST_RESULT,
            Topic.CALL_IN,
            Topic.FORM,
            Topic.TASK,
        ),
    )
)

POINTS_TO = frozenset({Kind.ECONSULTATION, Kind.APPOINTMENT, Kind.RENEWAL})
