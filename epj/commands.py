"""What each command of ``digital-dialog epj`` does, and what it prints.

Nothing here touches the bus but ``run`` and ``test``: what is written here is sent by ``run``.
"""

import logging
import os
import signal
import threading
import time
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

from dialog.adapters.amqp import AmqpTransport
from dialog.adapters.registries import FolderRegistry
from dialog.errors import PortError
from dialog.interop.building import Content, Envelope, compose
from dialog.interop.codes import NoCodes
from dialog.interop.conditions import ProtectionError
from dialog.interop.names import Process
from dialog.interop.reading import Refused
from dialog.interop.writing import write as xml_of
from epj import answers, calendar, letters, patients, scripts, settings, shown, system
from epj.calendar import OSLO, moment
from epj.desk import Desk
from epj.desk import desk as make_desk
from epj.opening import Post, protection
from epj.refusal import Refusal, words_of
from epj.scripts import Deed
from epj.store import Store

LINE = "%(asctime)s %(levelname)s %(name)s %(message)s"
KEYS_PASSWORD = "EPJ_KEYS_PASSWORD"  # noqa: S105 - the name of it
WITHIN = 15.0  # seconds for the communication test


def run(options: Namespace) -> int:
    """Work until told to stop; what has begun is finished."""
    logging.basicConfig(level=logging.WARNING, format=LINE)
    asked_to_stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: asked_to_stop.set())
    script = scripts.read(options.script) if options.script else scripts.Script()
    with _desk(options, say=_print, script=script) as desk, system.alone(options.data):
        bus = AmqpTransport(settings.bus(desk.settings.bus))
        working = system.System(desk, _post(desk), bus)
        working.start()
        print(
            f"Ready: {desk.settings.name} ({', '.join(map(str, desk.settings.her_ids))})",
            flush=True,
        )
        asked_to_stop.wait()
        working.stop()
        bus.close()
    return 0


def inbox(options: Namespace) -> int:
    """What awaits an answer."""
    with _desk(options) as desk:
        return _lines(shown.inbox(desk, everything=options.all))


def show(options: Namespace) -> int:
    """One message."""
    with _desk(options) as desk:
        return _lines(shown.message(desk, options.n))


def status(options: Namespace) -> int:
    """The state of things."""
    with _desk(options) as desk:
        return _lines(shown.status(desk))


def known(options: Namespace) -> int:
    """The patients; first those of a file are put on the list."""
    with _desk(options) as desk:
        if options.add:
            print(f"{patients.read_list(desk.store, options.add)} patients on the list.")
        everybody = patients.everybody(desk.store)
        return _lines(
            f"{one.number}  {one.name}{'' if one.listed else '  (not on the list)'}"
            for one in everybody
        )


def answer(options: Namespace) -> int:
    """Words to a message."""
    what = Deed(do=options.do_what or "answer", text=options.text, file=options.file)
    return _answer(options, what)


def deed(verb: str) -> Callable[[Namespace], int]:
    """A command that answers with a verb."""

    def do(options: Namespace) -> int:
        at = getattr(options, "at", "")
        return _answer(options, Deed(do=verb, text=options.text, at=at))

    return do


def days(options: Namespace) -> int:
    """The calendar from today."""
    begins = datetime.now(OSLO).replace(hour=0, minute=0, second=0, microsecond=0)
    with _desk(options) as desk:
        return _lines(shown.days(desk, begins, begins + timedelta(days=options.days)))


def free(options: Namespace) -> int:
    """Free times."""
    with _desk(options) as desk:
        made = calendar.open_times(
            desk.store,
            her_id=_whose(desk, options),
            begins=moment(options.begins),
            ends=moment(options.ends),
            minutes=_minutes(options.every),
        )
        print(f"{len(made)} free times.")
    return 0


def book(options: Namespace) -> int:
    """A time for a patient."""
    with _desk(options) as desk:
        made = letters.book(
            desk,
            patients.meant(desk.store, options.patient),
            moment(options.at),
            minutes=_minutes(options.minutes),
            her_id=_whose(desk, options),
        )
        return _changed(desk, made, "booked")


def move(options: Namespace) -> int:
    """Another time."""
    with _desk(options) as desk:
        one = calendar.meant(desk.store, options.uid)
        made = letters.move(
            desk, one, moment(options.at), minutes=options.minutes, text=options.text
        )
        return _changed(desk, made, "moved")


def cancel(options: Namespace) -> int:
    """No time."""
    with _desk(options) as desk:
        one = calendar.meant(desk.store, options.uid)
        return _changed(desk, letters.cancel(desk, one, text=options.text), "cancelled")


def write(options: Namespace) -> int:
    """Words to a patient who has not asked."""
    process = Process.ECONSULTATION if options.e_consultation else Process.ENQUIRY
    with _desk(options) as desk:
        whose = _whose(desk, options)
        n = letters.write(
            desk,
            patients.meant(desk.store, options.patient),
            options.text,
            process=process,
            path=options.file,
            her_id=whose,
        )
        return _written(desk, n)


def test(options: Namespace) -> int:
    """The communication test: a question that somebody waits for."""
    with _desk(options) as desk:
        post, bus = _post(desk), AmqpTransport(settings.bus(desk.settings.bus))
        try:
            return _test(desk, post, bus)
        except (PortError, ProtectionError) as error:
            raise Refusal(f"No answer within {WITHIN:.0f} s: {words_of(error)}") from None
        except Refused as refused:
            raise Refusal(f"The answer cannot be read: {refused.sentence}") from None
        finally:
            bus.close()


def _test(desk: Desk, post: Post, bus: AmqpTransport) -> int:
    own, portal = desk.settings.her_ids[0], desk.settings.portal.her_id
    queue = post.party(portal).queues.synchronous
    if not queue:
        raise Refusal(f"The registry has no queue for questions to {portal}.")
    heading = Envelope(
        id=str(uuid4()), sent=desk.now(), sender=desk.ourselves(own), receiver=desk.portal()
    )
    asked = desk.function(Process.TEST, "Foresporsel")
    message = compose(asked, heading, Content(text="Kommunikasjonstest"), desk.known)
    envelope, body = post.closed(
        xml_of(message),
        sender=own,
        receiver=portal,
        function=asked.type,
        bus_id=uuid4(),
        to=queue,
        reply_to="",
    )
    begun = time.monotonic()
    answered = bus.ask(envelope, body, WITHIN)
    took = time.monotonic() - begun
    post.opened(answered.body, sender=portal, receiver=own, function=asked.type, agreement="")
    print(f"{portal} answered in {took * 1000:.0f} ms.")
    return 0


def _answer(options: Namespace, what: Deed) -> int:
    with _desk(options) as desk:
        return _written(desk, answers.say(desk, options.n, what))


def _changed(desk: Desk, made: calendar.Appointment, words: str) -> int:
    starts = made.starts.astimezone(OSLO)
    print(f"{made.uid[:8]} is {words}: {starts:%Y-%m-%d %H:%M}, version {made.version}.")
    return _sent_by_run(desk)


def _written(desk: Desk, n: int) -> int:
    print(f"Message {n} is written.")
    return _sent_by_run(desk)


def _sent_by_run(desk: Desk) -> int:
    """Say so when nothing is there to send it."""
    if not system.is_running(desk.store.folder):
        print(f"It is sent when this runs: digital-dialog epj --data {desk.store.folder} run")
    return 0


def _whose(desk: Desk, options: Namespace) -> int:
    if options.her_id and options.her_id not in desk.settings.her_ids:
        raise Refusal(f"Nobody here has HER-id {options.her_id}.")
    return options.her_id or desk.settings.her_ids[0]


def _minutes(said: int) -> int:
    if not 0 < said <= 24 * 60:
        raise Refusal("A time lasts from a minute to a day.")
    return said


def _post(desk: Desk) -> Post:
    chosen = desk.settings
    made = protection(
        keys=chosen.keys,
        trust=chosen.trust,
        revocation=chosen.revocation,
        password=os.environ.get(KEYS_PASSWORD, ""),
    )
    return Post(FolderRegistry(chosen.registry), made, desk.known)


@contextmanager
def _desk(options: Namespace, **more: object) -> Iterator[Desk]:
    folder: Path = options.data
    chosen = settings.load(folder)
    store = Store(folder)
    try:
        yield make_desk(chosen, store, **more)
    except NoCodes as error:
        raise Refusal(str(error)) from error
    finally:
        store.close()


def _lines(lines: Iterator[str]) -> int:
    for line in lines:
        print(shown.harmless(line))
    return 0


def _print(words: str) -> None:
    print(shown.harmless(shown.said(words)), flush=True)
