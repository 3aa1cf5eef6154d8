"""The folder with lines of the ledger that somebody is handed (``dialog/ledger/handed.py`` checks
it): for machines with their proofs, and in bokmål to read.
"""

import csv
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

from django.utils import timezone

from dialog import rows
from dialog.actor import Role, Side
from dialog.adapters import seal_keys
from dialog.cli.folders import Folder
from dialog.cli.surroundings import Refusal
from dialog.conversations import paper
from dialog.conversations.paper_copies import Bundle, LogLines, bundle
from dialog.ledger import handing_out
from dialog.ledger.handed import FORMAT, KEYS, LINES, ORDER, RECEIPT, SEALS, VERSION
from dialog.ledger.orders import Authority, Order, OrderedFor
from dialog.ledger.ports import SealFault
from dialog.ledger.ports import seal_keys as keys_of
from dialog.ledger.proofs import Proof, seal_as_words
from dialog.ledger.seals import Line, moment_of
from dialog.oversight.log_words import what
from dialog.people import queries as people
from dialog.people import texts
from dialog.table_file import as_words
from dialog.working_days import OSLO

PATIENCE = 15.0  # seconds for the relay to seal; it does so twice a second
IN_A_PDF = 2000  # lines
UNKNOWN = "Ukjent navn"
COLUMNS = ("Tidspunkt", "Hvem", "Rolle", "Legekontor", "Hva", "Pasient", "Sak", "Linje i loggen")
READ_ME = """Utskrift av loggen i Digital dialog

logg.csv og logg-*.pdf   linjene, til å lese
lines.ndjson             de samme linjene for dataprogrammer, med det som viser at de er forseglet
seals.ndjson             seglene som dekker dem
keys.pem                 de offentlige nøklene som seglene er signert med
order.json               hvem som ba om dette, hvorfor, og for hvilket tidsrom
receipt.json             linjen i loggen som sier at dette ble levert ut, og seglet på den
SHA256SUMS               kontrollsummer for filene

Kontroller alt med: digital-dialog ledger verify-export MAPPE --keys NØKLER
Da bør nøklene være fått av legekontoret eller driftsleverandøren på en annen måte.

Seglene viser at linjene her er slik de ble skrevet. At ingen linje mangler i selve loggen,
kontrollerer den som har databasen, med: digital-dialog ledger verify

Navn er slått opp da utskriften ble laget. Ingenting her er kryptert.
"""
AUTHORITY = {
    Authority.SUPERVISION: "Statens helsetilsyn",
    Authority.COUNTY: "Statsforvalteren",
    Authority.DATA_PROTECTION: "Datatilsynet",
    Authority.COURT: "domstolen",
    Authority.POLICE: "politiet",
    Authority.CONTROLLER: "den dataansvarlige",
}
FOR = {
    OrderedFor.SUPERVISION: "tilsyn",
    OrderedFor.COMPLAINT: "klagesak",
    OrderedFor.MISUSE: "mistanke om at noen har sett på noe de ikke skulle",
    OrderedFor.BREACH: "avvik",
    OrderedFor.CRIMINAL_CASE: "straffesak",
    OrderedFor.CIVIL_CASE: "sivil sak",
}


class Row(NamedTuple):
    """A line as it is read: the columns of the table."""

    at: str
    who: str
    role: str
    office: str
    what: str
    patient: str
    matter: str
    entry: str
    moment: datetime


def public_keys() -> bytes:
    """The public halves of the keys that seal, or a refusal that says why they cannot be given."""
    keys = keys_of()
    if not isinstance(keys, seal_keys.KeyFile):
        raise Refusal("The keys that seal are not in a file: their public halves cannot be given.")
    try:
        keys.keys()
    except SealFault as fault:
        raise Refusal(str(fault)) from fault
    return seal_keys.public_half(keys.path).encode()


def write(folder: Folder, order: Order, whose: dict[str, Any], keys: bytes) -> int:
    """Everything but the receipt; how many lines. In scope ``setup``."""
    made = _Gathered()
    folder.write(LINES, made.lines(order))
    folder.write(SEALS, _rows(made.seals.values()))
    folder.write(KEYS, [keys])
    folder.write(ORDER, [_order(order, whose, made.many)])
    folder.write("logg.csv", [_table(made.rows)])
    for number, at in enumerate(range(0, max(1, len(made.rows)), IN_A_PDF), 1):
        part = made.rows[at : at + IN_A_PDF]
        folder.write(f"logg-{number}.pdf", [_on_paper(order, whose, part)])
    folder.write("les-meg.txt", [READ_ME.encode()])
    return made.many


class _Gathered:
    """What is known of the lines when all have been written."""

    def __init__(self) -> None:
        self.many = 0
        self.rows: list[Row] = []
        self.seals: dict[int, dict[str, object]] = {}

    def lines(self, order: Order) -> Iterator[bytes]:
        for some in handing_out.lines_for(order):
            proofs, seals = handing_out.sealed_with(some)
            self.seals |= {one.number: seal_as_words(one) for one in seals}
            self.many += len(some)
            for line, row in zip(some, _read(some), strict=True):
                self.rows.append(row)
                yield _row(_exact(line, row, proofs.get(line.id)))


def receipt(root: Path, order: Order, digest: str, *, patience: float = PATIENCE) -> bool:
    """Put in the line that says that this was handed out, when it has been sealed."""
    until = time.monotonic() + patience
    while True:
        with rows.seeing(scope="setup"):
            line = handing_out.handed_out(order, digest)
            if line is None:
                raise Refusal("The ledger does not say that this folder was handed out.")
            proofs, seals = handing_out.sealed_with([line])
        if proofs:
            break
        if time.monotonic() > until:
            return False
        time.sleep(0.2)
    said = {"sealed": line, "proof": proofs[line.id].as_words(), "seal": seal_as_words(seals[0])}
    path = root / RECEIPT
    path.touch(mode=0o600)
    path.write_bytes(_row(said))
    return True


def ordered_of(root: Path) -> Order:
    """What a folder was ordered as, enough to find the line that says so."""
    try:
        said = json.loads((root / ORDER).read_text(encoding="utf-8"))
        return Order(
            by=Authority(said["ordered_by"]),
            purpose=OrderedFor(said["purpose"]),
            case_number=said["case"],
            **{name: said["keys"][name] for name in ("patient_id", "practice_id", "account_id")},
        )
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise Refusal(f"{root} has no {ORDER} that can be read.") from fault


def _order(order: Order, whose: dict[str, Any], lines: int) -> bytes:
    known = asdict(order)
    said = {
        "format": FORMAT,
        "version": VERSION,
        "made_at": timezone.now().isoformat(),
        "ordered_by": order.by,
        "purpose": order.purpose,
        "case": order.case_number,
        "from": order.since and order.since.isoformat(),
        "to": order.until and order.until.isoformat(),
        "about": whose,
        "keys": {name: known[name] for name in ("patient_id", "practice_id", "account_id")},
        "lines": lines,
    }
    return json.dumps(said, ensure_ascii=False, indent=2).encode() + b"\n"


def _read(lines: Sequence[Line]) -> list[Row]:
    names = people.names_of(one.account_id for one in lines if one.account_id)
    offices = people.office_names(one.practice_id for one in lines if one.practice_id)
    known = people.names_and_birthdays(one.patient_id for one in lines if one.patient_id)
    found = []
    for one in lines:
        name, born = known.get(one.patient_id or 0, ("", None))
        role, moment = Role(one.role), moment_of(one.at).astimezone(OSLO)
        automatic = role.side is Side.PLATFORM
        found.append(
            Row(
                at=moment.isoformat(" ", "seconds"),
                who="Digital dialog"
                if automatic
                else names.get(one.account_id or 0, "Ukjent navn"),
                role="automatisk" if automatic else str(texts.ROLE[role]),
                office=offices.get(one.practice_id or 0, ""),
                what=what(one.kind, json.loads(one.details)),
                patient=f"{name}, født {born:%d.%m.%Y}" if born else "",
                matter=one.conversation_id or "",
                entry=str(one.id),
                moment=moment,
            )
        )
    return found


def _exact(line: Line, row: Row, proof: Proof | None) -> dict[str, object]:
    return {
        "entry": line.id,
        "at": moment_of(line.at).isoformat(),
        "kind": line.kind,
        "role": line.role,
        "conversation": line.conversation_id,
        "details": json.loads(line.details),
        "who": row.who,
        "office": row.office,
        "what": row.what,
        "patient": row.patient,
        "sealed": line,
        "proof": proof and proof.as_words(),
    }


def _table(found: Sequence[Row]) -> bytes:
    """For a spreadsheet: in Norway it wants semicolons, and a mark that says UTF-8. What begins
    like a formula is text.
    """
    out = StringIO()
    table = csv.writer(out, delimiter=";")
    table.writerow(COLUMNS)
    table.writerows([as_words(str(one)) for one in row[: len(COLUMNS)]] for row in found)
    return out.getvalue().encode("utf-8-sig")


def _on_paper(order: Order, whose: dict[str, Any], found: Sequence[Row]) -> bytes:
    ((_kind, about),) = whose.items()
    until = order.until or timezone.localdate()
    days = f"{order.since} til {until}" if order.since else f"til {until}"
    lines = tuple(
        (one.moment, ", ".join(filter(None, (one.who, one.role.lower(), one.office))),
         ". ".join(filter(None, (one.what, one.patient, f"Linje {one.entry}"))))
        for one in found
    )  # fmt: skip
    return bundle(
        Bundle(
            sender=paper.Sender(name="Digital dialog"),
            title="Utskrift av loggen",
            made_at=timezone.now(),
            facts=(
                ("Gjelder", ", ".join(map(str, list(about.values())[1:]))),
                ("Tidsrom", days),
                ("Til", AUTHORITY[order.by]),
                ("Hvorfor", FOR[order.purpose]),
                ("Saksnummer", order.case_number),
            ),
            contents=[LogLines(title="Linjene", lines=lines)],
        )
    )


def _rows(values: Any) -> Iterator[bytes]:
    for one in values:
        yield _row(one)


def _row(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode() + b"\n"
