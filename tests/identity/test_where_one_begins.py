"""Where somebody lands when they have signed in."""

import pytest
from django.test import Client
from django.urls import reverse

from dialog import rows
from dialog.demo import cast as people_of_the_cast
from dialog.people import queries as people
from dialog.people.models import Practice
from tests.doors import post


@pytest.fixture
def not_set_up(cast, as_role):
    with as_role("dialog_owner"), rows.seeing(scope="setup"):
        Practice.objects.filter(id=cast.lund.practice_id).update(set_up_at=None)


def signs_in(who):
    with rows.seeing(scope="door"):
        account = people.account_at_the_door(people_of_the_cast.number(who))
    answer = post(Client(), reverse("identity:sign_in"), person=account.uuid, side="practice")
    return answer.headers["Location"]


@pytest.mark.parametrize("who", ["lund", "siri"])
def test_a_new_office_begins_with_what_is_left_to_set_up(not_set_up, who):
    assert signs_in(who) == reverse("workspace:settings")


def test_whoever_cannot_set_it_up_begins_in_the_inbox(not_set_up):
    assert signs_in("nina") == reverse("workspace:inbox")


def test_an_office_that_is_ready_begins_in_the_inbox(cast):
    assert signs_in("lund") == reverse("workspace:inbox")
