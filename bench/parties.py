"""Who is on the bus in the bench: ourselves and a doctor's record system, with certificates of a
development authority, and the messages of 9 kB that they send each other.

What the settings name as ports when messages are measured is here too.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from uuid import uuid4

from dialog.adapters.cms.authority import ENCRYPTION, SIGNING, Authority
from dialog.adapters.cms.chains import Trust
from dialog.adapters.cms.keys import GivenKeys, OwnKey
from dialog.adapters.cms.protection import CmsProtection
from dialog.adapters.cms.revocation import MemoryRevocation, Remembered
from dialog.adapters.registries.memory import MemoryRegistry
from dialog.interop.building import Content, Envelope, answering, compose
from dialog.interop.codes import tables
from dialog.interop.messages import (
    Code,
    Event,
    Header,
    Message,
    Organisation,
    Person,
    Professional,
    Question,
    Text,
)
from dialog.interop.messages.people import her, national
from dialog.interop.names import Process
from dialog.interop.parties import Party, Queues
from dialog.interop.processes import Side, function
from dialog.interop.profiles import Profile
from dialog.interop.writing import write

US, OUR_ENTERPRISE, OFFICE, DOCTOR = 8000001, 8000000, 8000010, 8000011
NUMBERS = {OUR_ENTERPRISE: "987654325", OFFICE: "987654326"}  # in the register of enterprises
SIZE = 9000  # bytes of XML
MOST_WORDS = 5000  # characters in one message of an e-consultation
PORTS = {
    "HER_ID": str(US),
    "HER_ENTERPRISE": str(OUR_ENTERPRISE),
    "ADDRESS_REGISTRY_ADAPTER": "bench.parties.registry",
    "MESSAGE_PROTECTION_ADAPTER": "bench.parties.our_protection",
    "BUS_ADAPTER": "bench.counterpart.Bus",
}
LINE = "Hvil armen så mye du kan, og ta kontakt igjen om den ikke er bedre. "


@dataclass(frozen=True, slots=True)
class Keyed:
    """What somebody signs with, and what is encrypted for them."""

    sign: OwnKey
    encrypt: OwnKey

    def profile(self, her_id: int) -> Profile:
        """Their certificates, as others know them."""
        return Profile(
            her_id=her_id,
            signing=self.sign.certificate.der,
            encryption=self.encrypt.certificate.der,
        )


@dataclass(frozen=True, slots=True)
class Parties:
    """Both ends, each with a protection of its own."""

    us: Keyed
    them: Keyed
    ours: CmsProtection
    theirs: CmsProtection

    def to_us(self, xml: bytes) -> bytes:
        """As the record system protects it."""
        to, own = self.us.profile(US), self.them.profile(DOCTOR)
        return self.theirs.protect(xml, to=to, own=own)

    def opened_there(self, body: bytes) -> bytes:
        """As the record system opens what we send."""
        sender, own = self.us.profile(US), self.them.profile(DOCTOR)
        return self.theirs.open(body, sender=sender, own=own).content


@cache
def parties() -> Parties:
    """Made once in a process."""
    authority = Authority()
    us, them = (_keyed(authority, number) for number in NUMBERS.values())
    return Parties(
        us=us, them=them, ours=_protects(authority, us), theirs=_protects(authority, them)
    )


def _keyed(authority: Authority, number: str) -> Keyed:
    return Keyed(
        authority.issue("Storgata", number, SIGNING),
        authority.issue("Storgata", number, ENCRYPTION),
    )


def _protects(authority: Authority, who: Keyed) -> CmsProtection:
    standing = Remembered(MemoryRevocation())
    trust = Trust([authority.root], [authority.issuing], revocation=standing)
    return CmsProtection(keys=GivenKeys([who.sign, who.encrypt]), trust=trust)


def our_protection() -> CmsProtection:
    """The port, as the settings make it."""
    return parties().ours


def registry() -> MemoryRegistry:
    """The port: both parties, with the queues and the enterprise each inherits."""
    ours, theirs = NUMBERS.values()
    return MemoryRegistry(
        parties=[
            Party(her_id=OUR_ENTERPRISE, name="Portalen", organisations=frozenset({ours})),
            _party(US, OUR_ENTERPRISE),
            Party(her_id=OFFICE, name="Storgata", organisations=frozenset({theirs})),
            _party(DOCTOR, OFFICE),
        ],
        profiles=[parties().us.profile(US), parties().them.profile(DOCTOR)],
    )


def _party(her_id: int, parent: int) -> Party:
    queues = Queues(
        asynchronous=f"{her_id}_async",
        synchronous=f"{her_id}_sync",
        error=f"{her_id}_error",
        reply=f"{her_id}_syncreply",
    )
    return Party(her_id=her_id, name=str(her_id), parent_her_id=parent, queues=queues)


def first_words(number: str) -> Message:
    """The doctor writes to a patient, known by the identity number."""
    envelope = Envelope(
        id=str(uuid4()),
        sent=datetime.now(UTC),
        sender=doctor(),
        receiver=portal(),
        patient=Person(given="Kari", family="Nordmann", identities=(national(number),)),
    )
    return _long("Foresporsel", envelope, lambda words: Content(text=words))


def answer(header: Header, sent: datetime | None = None) -> Message:
    """An answer to what came, in the same conversation, with what was asked in it again."""
    heading = answering(header, id=str(uuid4()), sent=sent or datetime.now(UTC))
    return _long("Svar", heading, _answering, most=2 * MOST_WORDS)


def more_words(header: Header) -> Message:
    """The doctor writes once more in a conversation that they began."""
    heading = answering(header, id=str(uuid4()), sent=datetime.now(UTC))
    heading = replace(heading, sender=header.sender, receiver=header.receiver)
    return _long("Svar", heading, _answering, most=2 * MOST_WORDS)


def _answering(words: str) -> Content:
    half = len(words) // 2
    kind = Code(value="DI", list="7601", text="Dialog")
    question = Question(kind=kind, text=Text(plain=words[half:]))
    return Content(text=words[:half], question=question)


def _long(
    name: str, envelope: Envelope, content: Callable[[str], Content], most: int = MOST_WORDS
) -> Message:
    """So many words that the XML is of the size that is measured; fewer where more is refused."""
    known = tables()
    what = function(known, Process.ECONSULTATION, Side.PRACTICE, name)
    missing = SIZE - len(write(compose(what, envelope, content(LINE * 2), known)))
    lines = min(2 + missing // len(LINE.encode()), most // len(LINE))
    return compose(what, envelope, content(LINE * lines), known)


def free_times(header: Header, many: int = 20) -> Message:
    """What is free: an answer to who asks, of about 9 kB."""
    what = function(tables(), Process.BOOKING, Side.PRACTICE, "SvarLedigeTimer")
    heading = answering(header, id=str(uuid4()), sent=datetime.now(UTC))
    first = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(days=20)
    events = tuple(_free(first + timedelta(minutes=20 * place)) for place in range(many))
    return compose(what, heading, Content(events=events), tables())


def _free(starts: datetime) -> Event:
    return Event(
        uid=str(uuid4()),
        start=starts,
        end=starts + timedelta(minutes=20),
        contact=str(DOCTOR),
        summary="Konsultasjon",
        description="Ta med legemiddelliste.",
    )


def doctor() -> Organisation:
    """The doctor, at the office."""
    person = Person(given="Ingrid", family="Lund", identities=(her(str(DOCTOR), person=True),))
    return Organisation(
        name="Storgata",
        identities=(her(str(OFFICE)),),
        professional=Professional(person=person),
    )


def portal() -> Organisation:
    """Ourselves, on both levels."""
    inside = Organisation(name="Portalen", identities=(her(str(US)),))
    return Organisation(name="Portalen", identities=(her(str(OUR_ENTERPRISE)),), inside=inside)
