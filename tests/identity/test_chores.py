"""What is done about sessions without anybody asking."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from dialog.identity.chores import forget_old_sessions

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
