"""Who acts in a request, for the views behind a door."""

from django.http import HttpRequest

from dialog.actor import Actor


def acting(request: HttpRequest) -> Actor:
    """The signed-in actor: behind a patient's or a practice's address there always is one."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set by identity's WhoActs
    return actor
