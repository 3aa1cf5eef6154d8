"""What the register's actions share."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from dialog.breaches import policy
from dialog.breaches.models import Breach
from dialog.errors import InvalidInput


def must_be_words(words: str, field: str, longest: int = policy.LONGEST) -> str:
    """The words without what is around them; refused at their field when there are none."""
    said = words.strip()
    if not said or len(said) > longest:
        raise InvalidInput(field=field)
    return said


def must_fit(words: str, field: str) -> str:
    """The same for words that may be left out."""
    return must_be_words(words, field) if words.strip() else ""


def must_have_been(moment: datetime, field: str) -> datetime:
    """Refuse what has not been yet."""
    if moment > timezone.now():
        raise InvalidInput(_("Tidspunktet kan ikke være fram i tid."), field=field)
    return moment


def set_clock(breach: Breach) -> None:
    """When to remind next, as the entry now is; whoever keeps it saves ``remind_at``."""
    runs = policy.clock_runs(
        status=breach.status, risk=breach.risk, notified=breach.notified_at is not None
    )
    breach.remind_at = policy.next_reminder(breach.aware_at, timezone.now()) if runs else None
