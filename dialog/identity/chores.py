"""What is done without anybody asking: forget what is over."""

from django.utils import timezone

from dialog import rows
from dialog.identity.models import Session, UsedOnce


def forget_old_sessions() -> None:
    """Remove what a browser's cookie no longer opens, which holds who was signed in; and what has
    been used once, when it is too old to be used again.
    """
    with rows.seeing(scope="relay"):
        Session.objects.filter(expire_date__lt=timezone.now()).delete()
        UsedOnce.objects.filter(until__lt=timezone.now()).delete()
