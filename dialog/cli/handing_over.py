"""Everything an office has, in a folder: its rows as lines of JSON, each matter on paper with its
files, and a list of checksums that ``sha256sum -c`` reads.

It is written piece by piece, so that it takes no more memory than the largest file. Nothing in the
folder is encrypted: whoever makes it sees to that it is kept as a patient record is.
"""

import hashlib
import json
from base64 import b64encode
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models, transaction
from django.db.backends.postgresql.psycopg_any import Range
from django.utils import timezone

from dialog import rows
from dialog.actor import Actor, Role
from dialog.cli.folders import Folder
from dialog.content import ContentBytes, ContentField
from dialog.conversations import paper_copies, queries
from dialog.conversations.files import EXTENSIONS
from dialog.conversations.ports import blobs
from dialog.people import queries as people
from dialog.workspace import on_paper, urls  # noqa: F401  # the pages bring each service's panel

BEGIN = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"  # all of it from one moment
# How each table's rows are known to be an office's. Row security says the same by itself.
OFFICES = {
    "people.Practice": "id",
    "people.ListMember": "patient_list__practice_id",
    "ledger.Entry": "practice_id",
    "conversations.Attachment": "message__conversation__practice_id",
    "econsultations.CareCard": "econsultation__conversation__practice_id",
}
BY_FIELD = {"practice": "practice_id", "conversation": "conversation__practice_id"}
LEFT_OUT = {
    "content.WrappingKey": "keys",
    "content.DataKey": "keys",
    "ledger.Seal": "the platform's",
    "ledger.Delivery": "what is owed, and not what was done",
    "ledger.Served": "how the platform is set up",
    "ledger.RequestKey": "the platform's",
    "ledger.Heartbeat": "the platform's",
    "people.Account": "those who work there are named in what they did",
    "people.OwnAccess": "the patients' own",
    "people.DigitalConsent": "the patients' own",
    "people.Proxy": "the patients' own",
    "people.NotificationChoice": "the patients' own",
    "people.RegisteredContact": "what the register says is asked for anew",
    "people.RegisterAnswer": "what the register says is asked for anew",
    "people.Professional": "what the register says is asked for anew",
    "people.Authorisation": "what the register says is asked for anew",
    "conversations.BlobPart": "the files lie with their matters",
    "conversations.ReadMark": "who has read is in the ledger",
    "renewals.ListLook": "who has looked is in the ledger",
    "identity.Session": "the platform's",
    "identity.UsedOnce": "the platform's",
    "appointments.TimesAsked": "questions to a record system, gone within a day",
    "oversight.WorkDay": "what is usual, gone in a month",
    "oversight.Followed": "the platform's",
    "interop.Wire": "what was said is in the matters",
}


def hand_over(practice_id: int, root: Path) -> tuple[list[UUID], str]:
    """Write everything as it is at one moment; which matters, and the checksum of the list."""
    folder = Folder(root)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(BEGIN)
        with rows.seeing(practice=practice_id):
            for model, path in of_an_office():
                folder.write(_name(model), _lines(_rows(model, path, practice_id)))
            patients = _patients(practice_id)
            folder.write("tables/people_patient.ndjson", _lines(patients))
            matters = _matters(folder, practice_id)
    return matters, folder.close()


def of_an_office() -> Iterator[tuple[type[models.Model], str]]:
    """Every table that has something of an office's, and how its rows are known."""
    for config in apps.get_app_configs():
        for model in config.get_models() if config.name.startswith("dialog.") else ():
            name = f"{config.label}.{model.__name__}"
            fields = [one.name for one in model._meta.concrete_fields]
            by_field = (path for field, path in BY_FIELD.items() if field in fields)
            path = OFFICES.get(name) or next(by_field, "")
            if path and name not in LEFT_OUT:
                yield model, path


def changed(practice_id: int, listed: Path) -> list[str]:
    """The tables with words of the office's own, in no matter, that are not as they were written;
    as the practice.
    """
    lines = listed.read_text(encoding="utf-8").splitlines()
    told = {name: digest for digest, _spaces, name in (line.partition("  ") for line in lines)}
    now = {
        _name(model): _digest(_lines(_rows(model, path, practice_id)))
        for model, path in of_an_office()
        if _hangs_on_no_matter(model, path)
    }
    return [name for name, digest in now.items() if told.get(name) != digest]


def _hangs_on_no_matter(model: type[models.Model], path: str) -> bool:
    fields = model._meta.concrete_fields
    in_a_matter = "conversation" in path or any(one.name == "conversation" for one in fields)
    return not in_a_matter and any(isinstance(one, ContentField | ContentBytes) for one in fields)


def _name(model: type[models.Model]) -> str:
    return f"tables/{model._meta.db_table}.ndjson"


def _rows(model: type[models.Model], path: str, practice_id: int) -> Any:
    return model._default_manager.filter(**{path: practice_id}).order_by("pk")


def _digest(pieces: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest()


def _patients(practice_id: int) -> Any:
    patient = apps.get_model("people", "Patient")
    stays = apps.get_model("people", "GpAssignment").objects.filter(practice_id=practice_id)
    spoke = apps.get_model("conversations", "Conversation").objects.filter(practice_id=practice_id)
    known = stays.values("patient_id").union(spoke.values("patient_id"))
    return patient.objects.filter(id__in=known).order_by("pk")


def _lines(found: Any) -> Iterator[bytes]:
    fields = [one for one in found.model._meta.concrete_fields if "hash" not in one.name]
    for row in found.iterator(chunk_size=200):
        values = {one.attname: getattr(row, one.attname) for one in fields}
        yield json.dumps(values, ensure_ascii=False, default=_plain).encode() + b"\n"


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Range):
        return {"from": value.lower, "until": value.upper}
    if isinstance(value, bytes | memoryview):
        return b64encode(bytes(value)).decode()
    return str(value)


def _matters(folder: Folder, practice_id: int) -> list[UUID]:
    by = _for_the_office(practice_id)
    now = timezone.now()
    conversation = apps.get_model("conversations", "Conversation")
    here = conversation.objects.filter(practice_id=practice_id).order_by("pk")
    ids = list(here.values_list("id", flat=True))
    for id in ids:
        thread = queries.thread(by, id)
        place = f"matters/{thread.patient.uuid}/{id}"
        printed = paper_copies.copy(on_paper.matter(by, thread, now=now, internal=True))
        folder.write(f"{place}/matter.pdf", [printed])
        for file in (one for message in thread.messages for one in message.files):
            name = f"{place}/files/{file.id}{EXTENSIONS.get(file.media_type, '')}"
            folder.write(name, blobs().parts(queries.attachment_for(by, file.id).blob))
    return ids


def _for_the_office(practice_id: int) -> Actor:
    lists = apps.get_model("people", "PatientList").objects.filter(practice_id=practice_id)
    return Actor(
        role=Role.PRACTITIONER,
        name=people.office_by_id(practice_id).name,
        practice_id=practice_id,
        list_ids=frozenset(lists.values_list("id", flat=True)),
    )
