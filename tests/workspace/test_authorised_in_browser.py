"""What a doctor sees whom the health-personnel register does not confirm, in a real browser."""

import pytest

from dialog.demo.cast import find
from tests.browsing import look
from tests.people.personnel_in_memory import note

pytestmark = pytest.mark.browser


def test_it_is_said_and_the_desk_is_open(personnel, sign_in):
    cast = find()
    personnel.known.clear()
    page = sign_in("Ingrid Lund", "practice")
    look(page, "workspace-not-authorised")
    note(cast.nina)
    page.goto("/kontor/innstillinger/ansatte")
    look(page, "workspace-staff-authorised")
