"""What somebody must be authorised as to work as a doctor or a nurse: a table and a function."""

from collections.abc import Collection, Mapping

from dialog.actor import Duty, Role

# Kinds of health personnel (volven.no, code list 9060), any one of which will do. What a role is
# called here, and which of the register's kinds it takes, is our reading of R204.
DOCTOR, NURSE = "LE", "SP"
NEEDED: Mapping[Role, frozenset[str]] = {
    Role.PRACTITIONER: frozenset({DOCTOR}),
    Role.NURSE: frozenset({NURSE}),
}
CLINICAL = frozenset({Duty.PREPARE_RENEWALS, Duty.SEE_ECONSULTATIONS, Duty.ANSWER_ECONSULTATIONS})


def acts_as(role: Role, held: Collection[str]) -> Role:
    """In what role somebody works today who is authorised as ``held``: without what their role
    takes, they do what anybody at the desk does and nothing clinical.
    """
    needed = NEEDED.get(role, frozenset())
    return role if not needed or needed & set(held) else Role.STAFF


def without_clinical(given: frozenset[Duty]) -> frozenset[Duty]:
    """The duties that take no authorisation."""
    return given - CLINICAL
