"""What is done without anybody asking: forget the sessions that are over."""

from django.contrib.sessions.models import Session
from django.utils import timezone

from dialog import rows


def forget_old_sessions() -> None:
    """Remove what a browser's cookie no longer opens; it holds who was signed in."""
    with rows.seeing(scope="relay"):
        Session.objects.filter(expire_date__lt=timezone.now()).delete()
