"""Who is not reached here, in a real browser: on the patient's page, before writing, on paper."""

import pytest

from dialog.demo.cast import find
from dialog.people import actions
from tests.browsing import follow, look
from tests.people.on_lists import enquiry, uuid_of

pytestmark = pytest.mark.browser


def test_somebody_who_has_said_no_is_sent_a_letter(sign_in, site):
    cast = find()
    enquiry(cast.kari)
    actions.take_back_yes(by=cast.kari)
    page = sign_in("Siri Dahl", "practice")
    page.goto(f"/kontor/pasient/{uuid_of(cast.kari)}")
    look(page, "workspace-patient-not-reached")
    page.goto(f"/kontor/pasient/{uuid_of(cast.kari)}/skriv")
    look(page, "workspace-write-first-stopped")
    follow(page.get_by_role("link", name="Skriv et brev på papir"))
    look(page, "workspace-letter-first")


def test_somebody_who_is_not_told_is_written_to_knowingly(sign_in, site):
    cast = find()
    about = enquiry(cast.kari)
    actions.change_contact_details(by=cast.kari, phone="", email="")
    page = sign_in("Siri Dahl", "practice")
    page.goto(f"/kontor/pasient/{uuid_of(cast.kari)}/skriv")
    look(page, "workspace-write-first-not-told")
    page.goto(f"/kontor/sak/{about.id}")
    look(page, "workspace-conversation-not-told")
