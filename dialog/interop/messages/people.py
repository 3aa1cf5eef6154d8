"""People and organisations, as every kind of document names them."""

from dataclasses import dataclass
from datetime import date

from dialog.interop.messages.elements import Code
from dialog.interop.names import COMMON, DIALOG_10, DIALOG_11, MSGHEAD

HER, HPR, NATIONAL_IDS = "HER", "HPR", ("FNR", "DNR")
PERSON_IDS, ORGANISATION_IDS = "8116", "9051"


@dataclass(frozen=True, slots=True)
class Naming:
    """The namespace of a block and that of what stands in its identities and addresses."""

    own: str
    inner: str


IN_HEADER = Naming(MSGHEAD, MSGHEAD)
IN_DIALOG = {one: Naming(one, COMMON) for one in (DIALOG_10, DIALOG_11)}
IN_COMMON = Naming(COMMON, COMMON)


@dataclass(frozen=True, slots=True)
class Identity:
    """A number somebody is known by, and what kind of number it is."""

    number: str
    kind: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A postal address."""

    kind: Code | None = None
    street: str = ""
    postal_code: str = ""
    city: str = ""
    box: str = ""
    county: Code | None = None
    country: Code | None = None


@dataclass(frozen=True, slots=True)
class Telecom:
    """A telephone number or an electronic address, as ``tel:99999999``."""

    address: str
    kind: Code | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person by name, birth and numbers."""

    family: str = ""
    middle: str = ""
    given: str = ""
    born: date | None = None
    sex: Code | None = None
    nationality: Code | None = None
    identities: tuple[Identity, ...] = ()
    address: Address | None = None
    telecom: tuple[Telecom, ...] = ()

    @property
    def name(self) -> str:
        """The whole name, given name first."""
        return " ".join(one for one in (self.given, self.middle, self.family) if one)

    @property
    def national_id(self) -> str:
        """The identity number or D-number; nothing where it is not said."""
        return known_by(self.identities, *NATIONAL_IDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Professional:
    """A person as health personnel: what they are, and what they are to the patient."""

    person: Person
    kind: Code | None = None
    role: Code | None = None

    @property
    def her_id(self) -> str:
        """The number in the address registry."""
        return known_by(self.person.identities, HER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """An enterprise or a service, and the service or person in it that is meant."""

    name: str = ""
    kind: Code | None = None
    identities: tuple[Identity, ...] = ()
    address: Address | None = None
    telecom: tuple[Telecom, ...] = ()
    inside: "Organisation | None" = None
    professional: Professional | None = None

    @property
    def her_id(self) -> str:
        """The number of this level in the address registry."""
        return known_by(self.identities, HER)

    @property
    def her_ids(self) -> tuple[str, str]:
        """The numbers of both levels: the enterprise, and the party that takes the messages."""
        inner = self.inside.her_id if self.inside else ""
        person = self.professional.her_id if self.professional else ""
        return self.her_id, inner or person


def known_by(identities: tuple[Identity, ...], *kinds: str) -> str:
    """The first number of one of these kinds."""
    return next((one.number for one in identities if one.kind.value in kinds), "")


def her(number: str, *, person: bool = False) -> Identity:
    """A number in the address registry."""
    system = PERSON_IDS if person else ORGANISATION_IDS
    return Identity(number, Code(value=HER, list=system, text="HER-id"))


def national(number: str) -> Identity:
    """An identity number, or a D-number."""
    d_number = number[:1] >= "4"
    kind = ("DNR", "D-nummer") if d_number else ("FNR", "Fødselsnummer")
    return Identity(number, Code(value=kind[0], list=PERSON_IDS, text=kind[1]))
