"""What the messages are about: a practice in its own record system, and what patients asked it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, time, timedelta
from functools import partial
from random import Random
from unittest.mock import patch
from uuid import UUID

from django.conf import settings
from django.db import connection
from psycopg import sql

from dialog import rows
from dialog.actor import PLATFORM, Actor
from dialog.conversations.policy import Topic
from dialog.demo import cast as people_in_it
from dialog.demo.cast import number
from dialog.enquiries import actions as enquiries
from dialog.errors import DialogError
from dialog.interop import actions
from dialog.interop.building import Content, answering, compose, receipt_for
from dialog.interop.building import Envelope as Heading
from dialog.interop.messages import Attachment, Event, Header, Message, Person, Receipt
from dialog.interop.messages.people import national
from dialog.interop.names import Process
from dialog.interop.processes import Side, function
from dialog.interop.reading import Refused, read
from dialog.ports import port
from tests.adapters.cms.enterprises import protection_of
from tests.appointments.elsewhere import morning, offer
from tests.appointments.people_and_times import at, booked, free, wished
from tests.econsultations.asked import asked
from tests.interop import enterprises
from tests.interop.record_system import KNOWN, LUND, STORGATA, US, Bus, RecordSystem
from tests.pictures import png
from tests.renewals.prescribed import ask, prescribe

Make = Callable[[Random], Message | Receipt]
ANSWERS = (
    (Process.ENQUIRY, "Svar", ("", "SvarAvsluttet")),
    (Process.ENQUIRY, "Foresporsel", ("",)),
    (Process.ECONSULTATION, "Svar", ("", "IkkeEgnet", "BestillTime")),
    (Process.ECONSULTATION, "Foresporsel", ("",)),
    (Process.RENEWAL, "Svar", ("", "14", "IkkeFornyet", "BestillTime")),
    (Process.WISH, "SvarOnske", ("",)),
    (Process.BOOKING, "SvarAvtaleReservasjon", ("",)),
)
STATES = ("booked", "booked", "cancelled", "pending")


@contextmanager
def as_role(role: str) -> Iterator[None]:
    """Be another database role for a while, from transaction to transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        before = cursor.fetchone()[0]
        cursor.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(role)))
    yield
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(before)))


class Scene:
    """The office, its patients and its record system with real keys."""

    def __init__(self) -> None:
        self.cast = people_in_it.find()
        self.bus = Bus()
        self.epj = RecordSystem(self.bus, as_role, her_id=LUND)
        self.headers: list[Header] = []
        self.improper: list[str] = []
        self._taken = 0

    @contextmanager
    def on(self) -> Iterator["Scene"]:
        """Connected, on a bus in memory; everything is as it was afterwards."""
        here = {
            "MESSAGE_TRANSPORT": self.bus,
            "ADDRESS_REGISTRY": enterprises.registry(""),
            "MESSAGE_PROTECTION": enterprises.protection(""),
        }
        before = settings.HER_ID, settings.HER_ENTERPRISE
        settings.HER_ID, settings.HER_ENTERPRISE = US, 8000000
        try:
            with patch(
                "dialog.interop.ports.port", lambda name: here[name] if name in here else port(name)
            ):
                self._connect()
                yield self
        finally:
            settings.HER_ID, settings.HER_ENTERPRISE = before

    def _connect(self) -> None:
        lund = self.cast.lund
        with as_role("dialog_owner"), rows.seeing(scope="setup"):
            actions.connect(
                by=PLATFORM,
                practice_id=lund.practice,
                her_id=STORGATA,
                practitioners={lund.practitioner_id or 0: LUND},
            )

    def ask(self) -> None:
        """Patients ask of everything once more; what is told the office can then be answered."""
        for patient in (self.cast.kari, self.cast.per):
            for act in self._acts(patient):
                # What is asked twice may be refused, and at last every time is taken.
                with suppress(DialogError, LookupError):
                    act()
        self.headers = [one.header for one in self.told() if isinstance(one, Message)] or (
            self.headers
        )

    def _acts(self, patient: Actor) -> tuple[Callable[[], object], ...]:
        return (
            partial(enquiries.ask_practice, by=patient, topic=Topic.OPENING_HOURS, text="Når?"),
            partial(asked, patient),
            lambda: ask(patient, prescribe(self.cast, patient, "Metoprolol")),
            partial(wished, patient),
            lambda: (offer(self.cast, morning()), booked(patient, free(patient)[0])),
        )

    def told(self) -> list[Message | Receipt]:
        """What has been sent to the office since it was last asked for, opened and read; what
        breaks the rules is among ``improper``.
        """
        self.epj.pay()
        new, self._taken = self.bus.sent[self._taken :], len(self.bus.sent)
        theirs = protection_of(*enterprises.office().keys)
        ours, office = enterprises.ours().profile, enterprises.office().profile
        found = []
        for _envelope, body in (one for one in new if one[0].fault is None):
            try:
                found.append(read(theirs.open(body, sender=ours, own=office).content))
            except Refused as refused:
                self.improper.append(str(refused))
        return found

    def message(self, random: Random) -> Message | Receipt:
        """A message that is right: an answer, something new, or a receipt."""
        make: Make = random.choice(
            (self._answer, self._answer, self._answer, self._new, self._receipt)
        )
        return make(random)

    def answer_to(self, header: Header) -> Message:
        """An answer in words to an enquiry."""
        heading = answering(header, id=_id(Random(1)), sent=datetime.now(UTC))
        return self._composed(Random(1), Process.ENQUIRY, "Svar", heading, "")

    def _answer(self, random: Random) -> Message:
        header = random.choice(self.headers)
        fitting = [one for one in ANSWERS if one[0].upper() == header.type.value] or list(ANSWERS)
        process, name, kinds = random.choice(fitting if random.random() < 0.9 else ANSWERS)
        heading = answering(header, id=_id(random), sent=datetime.now(UTC))
        return self._composed(random, process, name, heading, random.choice(kinds))

    def _new(self, random: Random) -> Message:
        who = random.choice(("kari", "kari", "per", "bjarne"))
        patient = Person(given=who, family="X", identities=(national(number(who)),))
        heading = Heading(
            id=_id(random),
            sent=datetime.now(UTC),
            sender=self.epj.ours(),
            receiver=self.headers[0].sender,
            patient=patient,
        )
        process, name = random.choice(
            (
                (Process.ENQUIRY, "Foresporsel"),
                (Process.ECONSULTATION, "Foresporsel"),
                (Process.APPOINTMENTS, "Avtale"),
                (Process.BOOKING, "Avtale"),
            )
        )
        return self._composed(random, process, name, heading, "")

    def _composed(
        self, random: Random, process: Process, name: str, heading: Heading, kind: str
    ) -> Message:
        what = function(KNOWN, process, Side.PRACTICE, name)
        dated = name in ("Avtale", "SvarOnske", "SvarAvtaleReservasjon")
        files = ()
        if "file" in what.allowed and random.random() < 0.1:
            files = (Attachment(content=png(), mime_type="image/png", description="bilde.png"),)
        content = Content(
            text="Klokka åtte.",
            kind=kind,
            events=(self._event(random),) if dated else (),
            files=files,
        )
        return compose(what, heading, content, KNOWN)

    def _event(self, random: Random) -> Event:
        starts = at(time(8 + random.randrange(7), random.choice((0, 20, 40))))
        word = KNOWN.word_for(random.choice(STATES))
        return Event(
            uid=str(UUID(int=random.randrange(40))),  # often one that is known
            start=starts,
            end=starts + timedelta(minutes=20),
            contact=str(LUND),
            more=((KNOWN.state_property, word),),
        )

    def _receipt(self, random: Random) -> Receipt:
        errors = random.choice(((), (), ("E35",), ("X99", "T02")))
        return receipt_for(
            random.choice(self.headers),
            id=_id(random),
            sent=datetime.now(UTC),
            known=KNOWN,
            errors=errors,
        )


def _id(random: Random) -> str:
    return str(UUID(int=random.getrandbits(128), version=4))
