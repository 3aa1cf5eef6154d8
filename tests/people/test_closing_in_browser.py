"""An office that closes, in a real browser: before its day and after, for the patient."""

from datetime import timedelta

import pytest
from django.db import connection

from dialog.demo.cast import find
from dialog.people import queries
from tests.browsing import look
from tests.conversations.rights import answered

pytestmark = pytest.mark.browser


def closes(practice_id, on):
    """As the operator's command does it; the test's own database has no other role at hand."""
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE postgres")
        cursor.execute("UPDATE people_practice SET closes_on = %s WHERE id = %s", [on, practice_id])
        cursor.execute("RESET ROLE")


def test_nobody_is_shut_out_before_or_after_the_day(sign_in, site):
    cast = find()
    about = answered(cast)
    page = sign_in("Kari Nordmann")
    closes(cast.lund.practice, queries.today() + timedelta(days=40))
    page.goto("/")
    look(page, "portal-office-closes")
    closes(cast.lund.practice, queries.today())
    for name, address in {
        "home": "/",
        "enquiry": "/kontakt?gjelder=valgt",
        "thread": f"/meldinger/{about}",
        "times": "/time?gjelder=valgt",
        "econsultation": "/e-konsultasjon?gjelder=valgt",
    }.items():
        page.goto(address)
        look(page, f"portal-office-closed-{name}")
