"""Planning a pause over HTTP: of a whole service, or of a part of one."""

from datetime import timedelta

import pytest
from django.urls import reverse

from dialog import rows
from dialog.conversations import queries
from dialog.conversations.policy import Feature
from dialog.people import queries as people
from tests.doors import post


@pytest.fixture
def owner(cast):
    with rows.seeing(account=cast.lund.account_id, practice=cast.lund.practice_id):
        yield next(one for one in people.lists_of_practice(cast.lund) if one.practitioner_id)


def plan(client, owner, **said):
    today = people.today()
    days = {"starts": today.isoformat(), "ends": (today + timedelta(days=3)).isoformat()}
    address = reverse("workspace:plan_pause", args=[owner.list_uuid])
    return post(client, address, **(days | {"reason": "Jeg har ferie."} | said))


def paused(owner):
    states = queries.services_of(owner.list_id)
    return {one for one, state in states.items() if state.switched_on and not state.on}


def test_a_service_and_what_it_is_made_of(as_lund, owner):
    answer = plan(as_lund, owner, features=["renewal"])

    assert answer.status_code == 302
    assert Feature.RENEWAL in paused(owner)


def test_only_a_part_of_one(as_lund, owner):
    before = paused(owner)

    plan(as_lund, owner, parts=["enquiry-files"])

    assert paused(owner) - before == {Feature.ENQUIRY_FILES}


def test_of_nothing_at_all_says_what_is_missing_and_keeps_the_words(as_lund, owner):
    answer = plan(as_lund, owner)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Velg minst én ting som skal ha pause." in page and "Jeg har ferie." in page


def test_what_cannot_be_paused_is_refused(as_lund, owner):
    answer = plan(as_lund, owner, parts=["office-reply"])

    assert answer.status_code == 422 and "Velg minst én ting" not in answer.content.decode()
