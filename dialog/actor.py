"""Who is acting, in what role, for whom."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Side(StrEnum):
    """The two sides of a conversation, the platform itself, and who helps without content."""

    PATIENT = "patient"
    PRACTICE = "practice"
    PLATFORM = "platform"
    SUPPORT = "support"


class Role(StrEnum):
    """In what capacity somebody acts."""

    PATIENT = "patient"
    PROXY = "proxy"
    PRACTITIONER = "practitioner"
    NURSE = "nurse"
    STAFF = "staff"
    PLATFORM = "platform"
    SUPPORT = "support"

    @property
    def side(self) -> Side:
        """The side this role belongs to."""
        return SIDE_OF.get(self, Side.PRACTICE)


SIDE_OF = {
    Role.PATIENT: Side.PATIENT,
    Role.PROXY: Side.PATIENT,
    Role.PLATFORM: Side.PLATFORM,
    Role.SUPPORT: Side.SUPPORT,
}
# Whoever helps with the technical takes no part in a conversation.
TAKE_PART = tuple(one for one in Side if one is not Side.SUPPORT)
ROLES_THAT_TAKE_PART = tuple(one for one in Role if one is not Role.SUPPORT)


class Duty(StrEnum):
    """What a practice may hand to a role, or to named people, beyond what a role has by itself."""

    MANAGE_OFFICE = "manage-office"
    PREPARE_RENEWALS = "prepare-renewals"
    SEE_ECONSULTATIONS = "see-econsultations"
    ANSWER_ECONSULTATIONS = "answer-econsultations"
    REVIEW_ACCESS = "review-access"


class Area(StrEnum):
    """What somebody may do for another: a part for each of the services, by its name."""

    APPOINTMENT = "appointment"
    RENEWAL = "renewal"
    ECONSULTATION = "econsultation"
    ENQUIRY = "enquiry"


ALL_AREAS = frozenset(Area)


class Consenting(StrEnum):
    """Whether the patient it is about is a digital user; if not, whether whoever acts may say yes
    to it, or another must.
    """

    GIVEN = "given"
    MISSING = "missing"
    ANOTHERS = "anothers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Why somebody at an office looks at something of a patient's: codes, and where the reason is
    that they gave in their own words.
    """

    basis: str
    reason: str = ""
    explanation: UUID | None = None

    def details(self) -> dict[str, str]:
        """What is written down with the look."""
        said = {"reason": self.reason, "explanation": str(self.explanation or "")}
        return {"basis": self.basis, **{name: one for name, one in said.items() if one}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person in a role, for someone; resolved anew at every request.

    ``account_id`` is the person signed in, ``name`` what the other side reads. On the patient's
    side ``patient_id`` is whom it is about, and ``areas`` what may be done for them; on the
    practice's side ``practice_id`` is where they
    work and ``practitioner_id`` is set for those who treat patients. ``young`` is somebody under
    sixteen who acts for themselves. ``unauthorised`` is somebody whose work takes an authorisation
    that the health-personnel register does not confirm: their role is then that of the desk.
    ``consent`` is about the patient's side alone.
    ``ground`` is why somebody at an office looks.
    """

    role: Role
    account_id: int | None = None
    name: str = ""
    patient_id: int | None = None
    practice_id: int | None = None
    practitioner_id: int | None = None
    list_ids: frozenset[int] = frozenset()
    duties: frozenset[Duty] = frozenset()
    account_uuid: UUID | None = None
    young: bool = False
    unauthorised: bool = False
    areas: frozenset[Area] = ALL_AREAS
    consent: Consenting = Consenting.MISSING
    ground: Ground | None = None

    @property
    def side(self) -> Side:
        """Which side of the conversation this actor is on."""
        return self.role.side

    @property
    def account(self) -> int:
        """The person signed in as a key to look rows up by; 0, which no row has, for nobody."""
        return self.account_id or 0

    @property
    def patient(self) -> int:
        """Whom it is about, as a key; 0 for nobody."""
        return self.patient_id or 0

    @property
    def practice(self) -> int:
        """Where the actor works, as a key; 0 for nowhere."""
        return self.practice_id or 0

    def may(self, duty: Duty) -> bool:
        """Whether this actor has been handed a duty."""
        return duty in self.duties


PLATFORM = Actor(role=Role.PLATFORM, name="Digital dialog")
