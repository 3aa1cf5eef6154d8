"""Which of the doctor's switches is a part of which service: tables and pure functions."""

from collections.abc import Mapping

from dialog.conversations.policy import Feature, Kind

# Which part of a service is its files, and which is young people who act for themselves.
FILES_IN: Mapping[Kind, Feature] = {
    Kind.ECONSULTATION: Feature.ECONSULTATION_FILES,
    Kind.ENQUIRY: Feature.ENQUIRY_FILES,
}
YOUTH_IN: Mapping[Kind, Feature] = {
    Kind.APPOINTMENT: Feature.APPOINTMENT_YOUTH,
    Kind.RENEWAL: Feature.RENEWAL_YOUTH,
    Kind.ECONSULTATION: Feature.ECONSULTATION_YOUTH,
    Kind.ENQUIRY: Feature.ENQUIRY_YOUTH,
}
# Whose part each is, in the order a page shows them.
PART_OF: Mapping[Feature, Kind] = {
    Feature.DIRECT_BOOKING: Kind.APPOINTMENT,
    **{feature: kind for kind, feature in FILES_IN.items()},
    **{feature: kind for kind, feature in YOUTH_IN.items()},
}
# What has its own words; the rest refine these. All of them can be paused.
SWITCHES = (
    Feature.APPOINTMENT,
    Feature.DIRECT_BOOKING,
    Feature.RENEWAL,
    Feature.ECONSULTATION,
    Feature.ENQUIRY,
)


def wanted(kind: Kind, *, young: bool = False) -> tuple[Feature, ...]:
    """What must be on before somebody may begin: the service, and for the young their part of it
    (R22, R194).
    """
    return (Feature(kind), YOUTH_IN[kind]) if young else (Feature(kind),)
