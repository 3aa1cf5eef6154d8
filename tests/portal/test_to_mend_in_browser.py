"""Contact details that are too old, in a real browser: at home and among the settings."""

import pytest
from django.db import connection

from dialog.demo.cast import find
from tests.browsing import follow, look

pytestmark = pytest.mark.browser


def said_long_ago(patient_id):
    """As time passes; the test's own database has no other role at hand."""
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE postgres")
        cursor.execute(
            "UPDATE people_patient SET contact_confirmed_at = now() - interval '20 months' "
            "WHERE id = %s",
            [patient_id],
        )
        cursor.execute("RESET ROLE")


def test_one_click_stands_by_what_was_said_long_ago(sign_in, site):
    said_long_ago(find().kari.patient)
    page = sign_in("Kari Nordmann")
    look(page, "portal-contact-old")
    follow(page.get_by_role("button", name="Ja, det stemmer"))
    assert "lagret=kontakt" in page.url


@pytest.mark.parametrize(
    ("name", "words"),
    [("old", {"may_be_told": False}), ("reserved", {"reserved": True}), ("fine", {})],
)
def test_what_the_register_has_and_where_to_mend_it(sign_in, site, contacts, name, words):
    contacts.change("kari", **words)
    page = sign_in("Kari Nordmann")
    if name == "old":
        look(page, "portal-contact-register-old")
    page.goto("/innstillinger")
    look(page, f"portal-settings-register-{name}")
