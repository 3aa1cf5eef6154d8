"""Judging what was unlike the usual as people see it: for everybody, on a phone and at a desk."""

import pytest
from django.urls import reverse

from dialog.demo.cast import find
from tests.browsing import DESK, follow, look
from tests.oversight.looked import raised

pytestmark = pytest.mark.browser


def test_judging_a_look_is_for_everybody(sign_in, own_database):
    cast = find()
    one = raised(cast.siri, cast.kari.patient_id)
    raised(cast.lund, cast.per.patient_id)
    raised(cast.nina, cast.per.patient_id)
    page = sign_in("Ingrid Lund", width=DESK)
    page.goto(reverse("workspace:unusual_looks"))
    look(page, "log-unusual")

    page.goto(reverse("workspace:unusual_look", args=[one]))
    look(page, "log-unusual-one")
    follow(page.get_by_role("button", name="Lagre"))
    look(page, "log-unusual-refused")

    page.get_by_label("Spør den ansatte").check()
    page.get_by_label("Spørsmål eller begrunnelse").fill("Husker du hva det gjaldt?")
    follow(page.get_by_role("button", name="Lagre"))
    look(page, "log-unusual-asked")

    page = sign_in("Siri Dahl", width=DESK)
    page.goto(reverse("workspace:own_log"))
    look(page, "log-own-unusual")
    follow(page.get_by_role("link", name="Siri Dahl åpnet noe om Kari Nordmann"))
    page.get_by_label("Svaret ditt").fill("Legevakten ringte om henne.")
    look(page, "log-unusual-answer")
