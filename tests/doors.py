"""Through the front door: each of the cast signed in over HTTP, and posting as a browser does."""

import time
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from dialog import rows
from dialog.actor import Actor
from dialog.demo.cast import Cast
from dialog.identity import middleware as door
from dialog.identity.sessions import SessionStore
from dialog.people import actions
from dialog.people import queries as people
from dialog.people.policy import LookReason
from dialog.statements import keep


def signed_in(actor: Actor, *, side: str = "", acting_for: object = None) -> Client:
    """A browser whose session is this actor's, at work or as a patient, and perhaps for another."""
    session = SessionStore()
    session[door.ACCOUNT] = actor.account_id
    session[door.SIDE] = side or ("practice" if actor.practice_id else "patient")
    session[door.SEEN] = int(time.time())
    if acting_for is not None:
        session[door.ACTING_FOR] = str(acting_for)
    elif not side:
        # As after a first page, so that not each test writes that again.
        session[door.LAST_SEEN_AS] = rows.view_of(actor)
    # One statement instead of ``create``, which asks whether somebody has this key.
    session._session_key = uuid4().hex
    keep(session.create_model_instance(dict(session.items())))
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


def post(client: Client, url: str, *, key: str = "", **data: Any) -> HttpResponse:
    """One click on a form that posts, with a key of its own unless it is the same click again."""
    sent = {name: value for name, value in data.items() if value is not None}
    return client.post(url, {**sent, "request_key": key or str(uuid4())})  # type: ignore[return-value]


def _one(name: str) -> Callable[[Cast], Client]:
    @pytest.fixture(name=f"as_{name}")
    def as_somebody(cast: Cast) -> Client:
        actor: Actor = getattr(cast, name)
        return signed_in(actor)

    return as_somebody


as_kari, as_per, as_anne, as_bjarne = _one("kari"), _one("per"), _one("anne"), _one("bjarne")
as_lund, as_siri, as_nina, as_berg = _one("lund"), _one("siri"), _one("nina"), _one("berg")
as_even = _one("even")


def say_why(by: Actor, patient: Actor) -> None:
    """The patient has called somebody at the office, who may then open what is theirs today."""
    actions.explain_look(by=by, patient_uuid=_uuid_of(patient), reason=LookReason.CALL)


@pytest.fixture
def on_the_phone(cast: Cast) -> None:
    """Kari and Anne have called everybody at their office."""
    patients = [_uuid_of(one) for one in (cast.kari, cast.anne)]
    for by in (cast.lund, cast.siri, cast.nina):
        with rows.part(rows.view_of(by)):
            for patient in patients:
                actions.explain_look(by=by, patient_uuid=patient, reason=LookReason.CALL)


@pytest.fixture
def as_kari_for_ola(cast: Cast) -> Client:
    """Kari, who has chosen to act for her son."""
    return signed_in(cast.kari, acting_for=_uuid_of(cast.kari_for_ola))


def _uuid_of(actor: Actor) -> UUID:
    with rows.seeing(account=actor.account_id):
        represented = people.represented_by(actor.account)
    return next(one.uuid for one in represented if one.id == actor.patient_id)


@pytest.fixture
def anybody() -> Client:
    """A browser nobody has signed in with."""
    return Client()
