"""What the office says first: words to a patient, and each change of its calendar."""

from datetime import datetime, timedelta
from uuid import uuid4

from dialog.interop.building import Content, Envelope, NotProper, compose
from dialog.interop.names import Process
from epj import calendar, outbox, patients
from epj.answers import MINUTES, author, changed, event_of, file
from epj.calendar import BOOKED, CANCELLED, Appointment
from epj.desk import Desk
from epj.patients import Patient
from epj.refusal import Refusal


def write(
    desk: Desk, patient: Patient, text: str, *, process: Process, path: str = "", her_id: int = 0
) -> int:
    """Write to a patient first; the number of the message."""
    whose = her_id or desk.settings.practitioners[0].her_id
    content = Content(text=text, roles=author(desk, whose), files=file(path))
    return _say(desk, patient, process, "Foresporsel", content, whose, desk.now())


def book(
    desk: Desk, patient: Patient, starts: datetime, *, minutes: int = MINUTES, her_id: int = 0
) -> Appointment:
    """Give a patient a time at the desk or by telephone, and tell the platform."""
    whose = her_id or desk.settings.practitioners[0].her_id
    made = Appointment(
        uid=str(uuid4()),
        asked="",
        her_id=whose,
        patient=patient.number,
        starts=starts,
        ends=starts + timedelta(minutes=minutes),
        state=BOOKED,
        version=0,
        conversation="",
        message=None,
        told="",
    )
    return _tell(desk, made)


def move(
    desk: Desk, one: Appointment, starts: datetime, *, minutes: int = 0, text: str = ""
) -> Appointment:
    """Move an appointment; the same one, at another time, in one message."""
    _must_be_booked(one)
    length = timedelta(minutes=minutes) if minutes else one.ends - one.starts
    return _tell(desk, changed(one, version=one.version, starts=starts, ends=starts + length), text)


def cancel(desk: Desk, one: Appointment, *, text: str = "") -> Appointment:
    """Cancel an appointment; its time is free again."""
    _must_be_booked(one)
    return _tell(desk, changed(one, version=one.version, state=CANCELLED), text)


def _tell(desk: Desk, one: Appointment, text: str = "") -> Appointment:
    """Write down the next version, and the one message that tells it; later than all before it."""
    with desk.store.change():
        if one.state == BOOKED and calendar.is_busy(
            desk.store, one.her_id, one.starts, one.ends, one.uid
        ):
            raise Refusal("There is another appointment then. See: epj calendar")
        sent = desk.now()
        if one.told:
            sent = max(sent, datetime.fromisoformat(one.told) + timedelta(milliseconds=1))
        made = calendar.put(desk.store, changed(one, told=sent.isoformat()))
        patient = patients.known(desk.store, one.patient)
        if patient is None:
            raise Refusal("The patient of that appointment is not known any more.")
        content = Content(text=text, events=(event_of(desk, made),))
        _say(desk, patient, Process.APPOINTMENTS, "Avtale", content, one.her_id, sent)
        return made


def _say(
    desk: Desk,
    patient: Patient,
    process: Process,
    name: str,
    content: Content,
    her_id: int,
    sent: datetime,
) -> int:
    heading = Envelope(
        id=str(uuid4()),
        sent=sent,
        sender=desk.ourselves(her_id),
        receiver=desk.portal(),
        patient=patient.person,
    )
    try:
        made = compose(desk.function(process, name), heading, content, desk.known)
    except NotProper as error:
        raise Refusal(str(error)) from error
    return outbox.write_down(desk, made, receiver=desk.settings.portal.her_id)


def _must_be_booked(one: Appointment) -> None:
    if one.state != BOOKED:
        raise Refusal(f"That appointment is {one.state}.")
