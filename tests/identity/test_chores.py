"""What is done about sessions without anybody asking."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from dialog.identity import once
from dialog.identity.chores import forget_old_sessions
from dialog.identity.models import Session, UsedOnce

AsRole = Callable[[str], AbstractContextManager[None]]


def test_a_session_that_is_over_is_forgotten_and_others_stay(
    as_siri: Client, as_kari: Client, as_role: AsRole
) -> None:
    over = Session.objects.get(session_key=as_kari.session.session_key)
    Session.objects.filter(pk=over.pk).update(expire_date=timezone.now() - timedelta(minutes=1))

    with as_role("dialog_relay"):
        forget_old_sessions()

    assert not Session.objects.filter(pk=over.pk).exists()
    assert Session.objects.filter(session_key=as_siri.session.session_key).exists()


def test_what_was_used_once_is_forgotten_when_it_is_too_old_anyway(
    db: None, as_role: AsRole
) -> None:
    once.use("state", "old", lasts=timedelta(seconds=-1))
    once.use("state", "new", lasts=timedelta(minutes=1))

    with as_role("dialog_relay"):
        forget_old_sessions()

    assert UsedOnce.objects.count() == 1
    assert not once.use("state", "new", lasts=timedelta(minutes=1))
