"""What day it is."""

from datetime import date

from django.utils import timezone


def today() -> date:
    """Today in Europe/Oslo."""
    return timezone.localdate()
