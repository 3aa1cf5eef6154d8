"""Whether a patient is a digital user, and everything said about it before."""

from dataclasses import dataclass
from datetime import date, datetime

from dialog.actor import Actor, Consenting, Role, Side
from dialog.errors import ConsentMissing, NotFound
from dialog.people import texts
from dialog.people.models import Account, DigitalConsent, Proxy
from dialog.people.policy import Consent, GivenAs, Language, ProxyKind, counts, may_say_yes
from dialog.people.queries.days import today
from dialog.people.queries.patients import patient_by_id
from dialog.statements import found

LAST_SAID = "own.patient_id = %s ORDER BY own.given_at DESC, own.id DESC LIMIT 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Yes:
    """A yes as the patient's side reads it: to which words, by whom, and how it ended."""

    given_at: datetime
    given_as: GivenAs
    by: str
    text_version: int
    language: str
    ended_at: datetime | None
    replaced: bool

    @property
    def language_words(self) -> str:
        """The language the words were read in."""
        return texts.LANGUAGE[Language(self.language)]


def yes_counts(one: DigitalConsent) -> bool:
    """Whether a yes makes its patient a digital user today."""
    given_as = GivenAs(one.given_as)
    still = counts(given_as, one.text_version, born=one.patient.born, on=today())
    return one.ended_at is None and still


def consenting(
    kind: ProxyKind | None, born: date, given_as: str | None, version: int | None
) -> Consenting:
    """What whoever acts for a patient of this age meets, by the yes that stands, if any."""
    on = today()
    if given_as is not None and counts(GivenAs(given_as), version or 0, born=born, on=on):
        return Consenting.GIVEN
    theirs = may_say_yes(kind, born=born, on=on)
    return Consenting.MISSING if theirs else Consenting.ANOTHERS


def must_be_digital(by: Actor) -> None:
    """Refuse whoever would begin something for a patient who is no digital user (R4, R6)."""
    if by.consent is not Consenting.GIVEN:
        anothers = by.consent is Consenting.ANOTHERS
        raise ConsentMissing(texts.YES_IS_ANOTHERS if anothers else "")


def consent_of(patient_id: int) -> Consent:
    """What a patient whom this transaction may see has said."""
    said = found(DigitalConsent, "patient", where=LAST_SAID, values=(patient_id,))
    if not said:
        return Consent.NEVER
    (last,) = said
    if yes_counts(last):
        return Consent.GIVEN
    return Consent.NEVER if last.ended_at is None else Consent.WITHDRAWN


def may_take_back_yes(by: Actor) -> bool:
    """Whether this actor may take back the yes that stands: whoever may say it, may."""
    kind = None
    if by.role is Role.PROXY:
        rights = Proxy.objects.filter(patient_id=by.patient, period__contains=today())
        right = rights.filter(account_id=by.account).first()
        if right is None:
            return False
        kind = ProxyKind(right.kind)
    return may_say_yes(kind, born=patient_by_id(by.patient).born, on=today())


def yeses(by: Actor) -> list[Yes]:
    """Everything said for a patient, newest first."""
    if by.side is not Side.PATIENT or by.patient_id is None:
        raise NotFound
    said = list(DigitalConsent.objects.filter(patient_id=by.patient_id).order_by("-given_at"))
    names = dict(
        Account.objects.filter(id__in={one.given_by_id for one in said}).values_list("id", "name")
    )
    return [
        Yes(
            given_at=one.given_at,
            given_as=GivenAs(one.given_as),
            by=names.get(one.given_by_id, ""),
            text_version=one.text_version,
            language=one.language,
            ended_at=one.ended_at,
            replaced=one.replaced,
        )
        for one in said
    ]
