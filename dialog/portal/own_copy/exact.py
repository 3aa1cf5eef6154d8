"""The same for machines: what ``docs/own-copy.md`` describes, in JSON.

Codes are the house's own words, times are in UTC, and a name that a reader does not see on the page
is not here either.
"""

import json
import zlib
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from dialog.actor import Actor
from dialog.appointments import queries as appointments
from dialog.conversations.policy import Kind
from dialog.conversations.queries import MessageView, Thread
from dialog.econsultations import queries as econsultations
from dialog.errors import NotFound
from dialog.people.queries import Person
from dialog.portal.talk import who
from dialog.portal.views.access_log import Seen
from dialog.renewals import queries as renewals

FORMAT, VERSION = "digital-dialog own copy", 1
Words = dict[str, Any]


class Document:
    """A JSON document that grows, and is kept small until it is written."""

    def __init__(self, head: Words) -> None:
        self._small = zlib.compressobj()
        self._kept: list[bytes] = []
        self._list = ""
        said = json.dumps({"format": FORMAT, "version": VERSION, **head}, **_AS_TEXT)
        self._add(said.removesuffix("}"))

    def add(self, list: str, one: Words) -> None:
        """One more in the list of this name; the lists come one after the other."""
        if list != self._list:
            self._begin(list)
            between = "\n"
        else:
            between = ",\n"
        self._add(between + json.dumps(one, **_AS_TEXT))

    def pieces(self) -> Iterator[bytes]:
        """All of it, when everything has been added."""
        self._add("\n]}\n" if self._list else "}\n")
        self._kept.append(self._small.flush())
        large = zlib.decompressobj()
        for piece in self._kept:
            yield large.decompress(piece)

    def _begin(self, name: str) -> None:
        self._add(("\n]" if self._list else "") + f',\n"{name}": [')
        self._list = name

    def _add(self, text: str) -> None:
        self._kept.append(self._small.compress(text.encode()))


def person(one: Person) -> Words:
    """Whom it is about, as the settings page shows them."""
    return {
        "id": one.uuid,
        "name": one.name,
        "born": one.born,
        "phone": one.phone,
        "email": one.email,
        "language": one.language,
    }


def matter(by: Actor, thread: Thread, beside: Mapping[UUID, str]) -> Words:
    """A conversation; ``beside`` says where each file lies."""
    return {
        "id": thread.id,
        "kind": thread.kind,
        "topic": thread.topic,
        "status": thread.status,
        "outcome": thread.outcome,
        "practice": thread.owner.office.name,
        "list_owner": thread.owner.name,
        "patient": thread.patient.uuid,
        "kept_from_parents": thread.reserved,
        "started_by": thread.started_side,
        "started_at": thread.started_at,
        "changed_at": thread.changed_at,
        "closed_at": thread.closed_at,
        "continues": thread.continues_id,
        "redirected_to": thread.redirected_to,
        "messages": [_message(thread, one, beside) for one in thread.messages],
        "corrections": _corrections(thread),
        "requests": _requests(thread),
        "task": _task(thread),
        "erased": {"at": thread.erased.at, "why": thread.erased.why} if thread.erased else None,
        **OWN.get(thread.kind, _nothing)(by, thread.id),
    }


def log_line(one: Seen) -> Words:
    """A line of the log."""
    return {
        "at": one.at,
        "kind": one.kind,
        "what": one.what,
        "why": one.why,
        "who": one.who,
        "conversation": one.conversation_id,
    }


def _message(thread: Thread, one: MessageView, beside: Mapping[UUID, str]) -> Words:
    author, role = who(thread, one)
    return {
        "id": one.id,
        "side": one.side,
        "author": author,
        "author_role": role,
        "sent_at": one.sent_at,
        "text": one.text,
        "taken_back": one.hidden,
        "files": [
            {
                "id": file.id,
                "name": file.name,
                "media_type": file.media_type,
                "size": file.size,
                "path": beside.get(file.id),
            }
            for file in one.files
        ],
    }


def _corrections(thread: Thread) -> list[Words]:
    seen = {one.id for one in thread.messages}
    return [
        {
            "message": one.message_id,
            "text": one.text,
            "author": one.author_name,
            "made_at": one.made_at,
        }
        for one in thread.corrections
        if one.message_id is None or one.message_id in seen
    ]


def _requests(thread: Thread) -> list[Words]:
    return [
        {
            "wish": one.wish,
            "words": one.words,
            "asked_by": one.asked_by,
            "asked_at": one.asked_at,
            "decision": one.decision,
            "reason": one.reason,
            "decided_by": one.decided_by,
            "decided_at": one.decided_at,
        }
        for one in thread.requests
    ]


def _task(thread: Thread) -> Words | None:
    one = thread.task
    if one is None or one.taken_back:
        return None
    return {
        "what": one.what,
        "due_on": one.due_on,
        "state": one.state,
        "given_at": one.given_at,
        "done_at": one.done_at,
        "done_by": one.done_by,
    }


def _appointment(by: Actor, conversation_id: UUID) -> Words:
    try:
        one = appointments.appointment_for(by, conversation_id)
    except NotFound:  # of a wish that became something else there is none
        return {}
    return {
        "appointment": {
            "status": one.status,
            "starts": one.starts,
            "ends": one.ends,
            "type": one.type_name,
            "meeting": one.meeting,
            "practitioner": one.practitioner_name,
            "address": one.practice_address,
            "instructions": one.instructions,
            "wish": {
                "weekdays": sorted(one.wish.weekdays),
                "parts": sorted(one.wish.parts),
                "earliest": one.wish.earliest,
                "latest": one.wish.latest,
            },
            "cancelled_at": one.cancelled_at,
            "cancelled_by": one.cancelled_side,
            "accepted_late_fee": one.accepted_late_fee,
        }
    }


def _renewal(by: Actor, conversation_id: UUID) -> Words:
    asked = renewals.request_for(by, conversation_id)
    return {
        "renewal": {
            "pick_up": asked.pick_up,
            "lines": [
                {
                    "title": one.title,
                    "dosage": one.medicine.dosage if one.medicine else "",
                    "atc": one.medicine.atc if one.medicine else "",
                    "comment": one.comment,
                    "status": one.status,
                    "reason": one.reason,
                    "explanation": one.explanation,
                    "decided_at": one.decided_at,
                }
                for one in asked.lines
            ],
        }
    }


def _econsultation(by: Actor, conversation_id: UUID) -> Words:
    one = econsultations.view(by, conversation_id)
    card = one.card
    return {
        "econsultation": {
            "status": one.status,
            "accepted_price": one.accepted_price,
            "accepted_at": one.accepted_at,
            "begun_at": one.begun_at,
            "begun_by": one.begun_by,
            "ended_at": one.ended_at,
            "ended_by": one.ended_by,
            "charge": one.charge,
            "charge_code": one.charge_code,
            "journaled_at": one.journaled_at,
            "card": card
            and {
                **{str(kind): words for kind, words in card.fields},
                "follow_up_on": card.follow_up_on,
                "follow_up_owner": card.follow_up_owner,
            },
        }
    }


def _nothing(by: Actor, conversation_id: UUID) -> Words:
    return {}


# What each service decides of its own.
OWN: Mapping[Kind, Callable[[Actor, UUID], Words]] = {
    Kind.APPOINTMENT: _appointment,
    Kind.RENEWAL: _renewal,
    Kind.ECONSULTATION: _econsultation,
}


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


_AS_TEXT: Any = {"ensure_ascii": False, "default": _plain}
