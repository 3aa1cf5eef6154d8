"""The words of ``digital-dialog certify``, and what it prints."""

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from certify import report, running
from certify.portal import Portal
from certify.scenario import Outcome, Result
from certify.settings import Place, place, post
from certify.terms import Patience, Vendor
from dialog.adapters.amqp import AmqpTransport
from dialog.errors import PortError
from dialog.interop.building import party, practitioner
from dialog.interop.codes import NoCodes, tables
from dialog.interop.messages import Person, Professional
from dialog.interop.messages.people import her
from dialog.people.identity_number import parse
from epj import patients, settings
from epj.opening import Post
from epj.patients import Patient
from epj.refusal import Refusal, words_of

SENDING = 20.0  # seconds that the bus may take for one message
PAGE, JUNIT = "certify.html", "certify.xml"
_USUAL = Patience()


def arguments(parser: ArgumentParser) -> None:
    """Whom to test, with what, and where to write."""
    parser.add_argument("--her-id", type=int, metavar="N", help="whom to test: a party's HER-id")
    parser.add_argument(
        "--patients",
        type=Path,
        metavar="FILE",
        help="made-up patients the system knows: number;given;family, one a line",
    )
    parser.add_argument(
        "--settings",
        type=Path,
        metavar="FILE",
        help="the portal's settings, as portal.env of epj init; else the environment",
    )
    parser.add_argument("--report", type=Path, metavar="DIR", default=Path("certify-report"))
    parser.add_argument(
        "--only",
        action="append",
        default=[],
        metavar="KEY",
        help="these scenarios; * is any letters",
    )
    parser.add_argument("--list", action="store_true", help="list the scenarios, and run none")
    parser.add_argument(
        "--without-people", action="store_true", help="leave out what somebody must answer"
    )
    for name, says in (
        ("answer", "for what somebody waits for"),
        ("receipt", "for receipts and what the system does by itself"),
        ("person", "for a person at the vendor"),
        ("quiet", "to see that nothing more comes"),
    ):
        usual = getattr(_USUAL, name)
        parser.add_argument(
            f"--wait-{name}",
            type=float,
            default=usual,
            metavar="SECONDS",
            help=f"{says} ({usual:g})",
        )


def run(options: Namespace) -> int:
    """Run what is chosen, write the report; 1 when anything failed."""
    scenarios = running.chosen(options.only)
    if not scenarios:
        raise Refusal(f"No scenario is called {', '.join(options.only)}. See: certify --list")
    if options.list:
        for one in scenarios:
            print(f"{one.key:<22}{one.title}{' (a person)' if one.person else ''}")
        return 0
    if not options.her_id or not options.patients:
        raise Refusal("Say whom to test with --her-id, and with whom with --patients.")
    listed = _listed(options.patients)
    where = place(options.settings)
    bus = AmqpTransport(replace(settings.bus(where.bus), operation=SENDING))
    try:
        return _run(options, where, bus, listed)
    except NoCodes as error:
        raise Refusal(str(error)) from error
    except PortError as error:
        raise Refusal(words_of(error)) from error
    finally:
        bus.close()


def _run(options: Namespace, where: Place, bus: AmqpTransport, listed: Sequence[Patient]) -> int:
    known = tables(where.codes)
    opening = post(where, known)
    vendor, name = _vendor(opening, options.her_id)
    portal = Portal(where.portal.her_id, opening, bus, known)
    plan = running.Plan(
        portal=portal,
        named=where.portal,
        vendor=vendor,
        patients=listed,
        patience=Patience(
            answer=options.wait_answer,
            receipt=options.wait_receipt,
            person=options.wait_person,
            quiet=options.wait_quiet,
        ),
        with_people=not options.without_people,
        tell=lambda words: print(f"  ▶ {words}", flush=True),
    )
    begun = datetime.now(UTC)
    results = running.run(plan, running.chosen(options.only), _told)
    portal.close()
    said = report.Report(
        her_id=options.her_id,
        name=name,
        portal=where.portal.her_id,
        begun=begun,
        ended=datetime.now(UTC),
        results=results,
        oddities=portal.inbox.oddities,
    )
    return _written(said, options.report)


def _vendor(opening: Post, her_id: int) -> tuple[Vendor, str]:
    """Whom we test, as the registry has them: a party in an enterprise, or one that is both."""
    found = opening.party(her_id)
    above = opening.party(found.parent_her_id) if found.parent_her_id else None
    if above is None:
        return Vendor(
            her_id=her_id, named=party(found.name, str(her_id), found.name, str(her_id))
        ), found.name
    given, _space, family = found.name.rpartition(" ")
    who = Person(given=given, family=family, identities=(her(str(her_id), person=True),))
    named = practitioner(above.name, str(above.her_id), Professional(person=who))
    return Vendor(her_id=her_id, named=named), f"{found.name}, {above.name}"


def _listed(path: Path) -> list[Patient]:
    listed = patients.in_file(path)
    if not listed:
        raise Refusal(f"There is nobody in {path}.")
    if not all(parse(one.number).synthetic for one in listed):
        raise Refusal(f"{path} has somebody who is no made-up patient. Only those may be used.")
    return listed


def _told(one: Result) -> None:
    words = f"{report.SIGNS[one.outcome]} {one.scenario.key:<22}{one.outcome:<8}"
    if one.outcome is Outcome.FAILED:
        words += f"expected {one.expected}; came: {one.came}"
    else:
        words += f"{one.took:5.1f} s  {one.came}"
    print(words, flush=True)


def _written(said: report.Report, folder: Path) -> int:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / PAGE).write_text(report.html(said), encoding="utf-8")
        (folder / JUNIT).write_bytes(report.junit(said))
    except OSError as error:
        raise Refusal(f"{folder} cannot be written to: {error.strerror}.") from error
    print(f"{said.summary}. See {folder / PAGE}")
    return 1 if said.count(Outcome.FAILED) else 0
