"""Rows in bulk: gathered table by table, then sent in one stream each, under row security."""

import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from random import Random
from uuid import UUID, uuid4

from django.apps import apps
from django.db import connection, models
from django.utils import timezone
from psycopg import sql

from dialog.actor import Actor
from dialog.content import ContentField, Owner, keys_of, owner_of
from dialog.ledger.events import Event

Value = object
Prepare = Callable[[Value], Value]

# What hangs on a conversation is let in because the conversation is there, so that comes first.
IN_ORDER = (
    "people.Account",
    "people.Practice",
    "people.Practitioner",
    "people.Membership",
    "people.Delegation",
    "people.PatientList",
    "people.Patient",
    "people.GpAssignment",
    "people.Proxy",
    "people.DigitalConsent",
    "conversations.ServiceSwitch",
    "appointments.AppointmentType",
    "appointments.Schedule",
    "appointments.WeeklyHours",
    "appointments.Slot",
    "renewals.Prescription",
    "conversations.Conversation",
    "conversations.Message",
    "conversations.ReadMark",
    "conversations.FollowUp",
    "appointments.Appointment",
    "renewals.Renewal",
    "renewals.RenewalItem",
    "econsultations.EConsultation",
    "econsultations.CareCard",
    "ledger.Entry",
)

BESIDE = "CREATE TEMP TABLE {source} AS SELECT {columns} FROM {target} WITH NO DATA"
OVER = "INSERT INTO {target} ({columns}) SELECT {columns} FROM {source}"


class Rows:
    """Rows that wait to be written, and the facts that go with them."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self._rows: dict[str, list[dict[str, Value]]] = {label: [] for label in IN_ORDER}
        self._keys: dict[str, list[int]] = {}
        self.written: Counter[str] = Counter()
        self._facts: list[tuple[datetime, int, dict[str, Value]]] = []
        self._followed: list[object] = []
        self._practices: dict[Value, Value] = {}

    def new_uuid(self) -> UUID:
        """A key that is the same every time the same population is made."""
        return UUID(int=self.chance.getrandbits(128), version=4)

    def new_key(self, label: str) -> int:
        """A numbered key, for a row that others refer to before it is written."""
        if not self._keys.get(label):
            self._keys[label] = take_keys(label)
        return self._keys[label].pop(0)

    def add(self, label: str, **values: Value) -> None:
        """Remember a row."""
        self._rows[label].append(values)

    def follow(self, label: str, row: object) -> None:
        """Remember a row that may still change until everything is written."""
        self._rows[label].append(vars(row))
        # Python 3.13.0 loses what is in the dict of a row that nobody holds any more.
        self._followed.append(row)

    def record(self, at: datetime, by: Actor, *events: Event) -> None:
        """Remember what happened, as the ledger writes it; nobody outside is owed the past."""
        for event in events:
            fact: dict[str, Value] = {
                "at": at,
                "kind": event.kind,
                "account_id": by.account_id,
                "role": by.role,
                "patient_id": event.patient_id,
                "practice_id": event.practice_id,
                "conversation_id": event.conversation_id,
                "details": event.details(),
            }
            self._facts.append((at, len(self._facts), fact))

    def unwritten(self, label: str) -> list[dict[str, Value]]:
        """The rows of a kind that wait."""
        return self._rows[label]

    def write(self) -> None:
        """Send everything to the database, the facts in the order they happened."""
        self._facts.sort(key=lambda one: one[:2])
        self._rows["ledger.Entry"] = [fact for _at, _place, fact in self._facts]
        for label in IN_ORDER:
            if rows := self._rows[label]:
                table = Table(label, self.new_uuid, keyed="id" in rows[0])
                table.find_keys(rows, self._practices)
                _send(table, rows)
            if label == "conversations.Conversation":
                self._practices = {row["id"]: row["practice_id"] for row in rows}
            self.written[label] += len(rows)
            self._rows[label] = []
        self._facts, self._followed = [], []
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


class Table:
    """A table as rows are written to it: its columns, and what is in those that are not said.

    ``keyed``: the rows bring their numbered keys, because others refer to them.
    """

    def __init__(self, label: str, new_uuid: Callable[[], UUID], *, keyed: bool) -> None:
        self.model = model = apps.get_model(label)
        self.name: str = model._meta.db_table
        self.fields = [
            one
            for one in model._meta.concrete_fields
            if not one.generated and (keyed or not isinstance(one, models.AutoField))
        ]
        self.columns = [one.column for one in self.fields]
        self._new_uuid = new_uuid
        self._prepare = [_prepare(one) for one in self.fields]
        self._content = {one.attname for one in self.fields if isinstance(one, ContentField)}
        self._unsaid = {one.attname: self._default(one) for one in self.fields}

    def _default(self, field: "models.Field[object, object]") -> Prepare:
        if field.default is uuid4:
            return lambda _row: self._new_uuid()
        if field.default is timezone.now:
            name = f"{self.name}.{field.column}"
            return lambda _row: _must_say(name)
        value = field.get_default()
        return lambda _row: value

    def values(self, row: dict[str, Value]) -> list[Value]:
        """A row in the order of the columns."""
        said = {
            name: row[name] if name in row else unsaid(row) for name, unsaid in self._unsaid.items()
        }
        if self._content:
            one = self.model(**said)
            said.update((name, self._sealed(name, one)) for name in self._content)
        return [
            prepare(said[field.attname])
            for field, prepare in zip(self.fields, self._prepare, strict=True)
        ]

    def find_keys(self, rows: list[dict[str, Value]], practices: dict[Value, Value]) -> None:
        """Find or make, in a few statements, the keys of what these rows hang on."""
        if self._content:
            names = {field.attname for field in self.fields}
            keys_of(
                _with_practice(
                    self.model(**{k: v for k, v in row.items() if k in names}), practices
                )
                for row in rows
            )

    def _sealed(self, name: str, one: models.Model) -> Value:
        field = self.model._meta.get_field(name)
        return field.get_db_prep_save(field.pre_save(one, add=True), connection)


def _must_say(column: str) -> Value:
    raise LookupError(f"{column} has to be said: its default is the moment it is written")


def _prepare(field: "models.Field[object, object]") -> Prepare:
    if isinstance(field, models.JSONField):
        return json.dumps
    return _as_it_is


def _with_practice(one: models.Model, practices: dict[Value, Value]) -> Owner:
    """Whose key a row is written with; its conversation may be one that was written just now."""
    owner = owner_of(one)
    id = getattr(one, "econsultation_id", None) or getattr(one, "conversation_id", None)
    practice = practices.get(id)
    return replace(owner, practice=lambda: practice) if isinstance(practice, int) else owner


def _as_it_is(value: Value) -> Value:
    return value


def _send(table: Table, rows: Iterable[dict[str, Value]]) -> None:
    """A stream cannot write where row security holds, so it fills a table of its own first."""
    target, source = sql.Identifier(table.name), sql.Identifier(f"bulk_{table.name}")
    columns = sql.SQL(", ").join(map(sql.Identifier, table.columns))
    parts = {"target": target, "source": source, "columns": columns}
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(BESIDE).format(**parts))
        with cursor.copy(sql.SQL("COPY {source} ({columns}) FROM STDIN").format(**parts)) as stream:
            for row in rows:
                stream.write_row(table.values(row))
        cursor.execute(sql.SQL(OVER).format(**parts))
        cursor.execute(sql.SQL("DROP TABLE {source}").format(**parts))


def take_keys(label: str, many: int = 200) -> list[int]:
    """Numbered keys that nobody else will get."""
    table = apps.get_model(label)._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [table, many],
        )
        return [key for (key,) in cursor.fetchall()]
