"""The patient's page about the GP, and a new office's question, over HTTP (R191)."""

from datetime import date, timedelta

from django.urls import reverse

from dialog import rows
from dialog.people import actions
from dialog.people import queries as people
from dialog.people.identity_number import synthetic
from tests.doors import post
from tests.people.on_lists import asked, enquiry, list_of


def page(client, name="gp", *args):
    return client.get(reverse(f"portal:{name}", args=args)).content.decode()


def test_the_page_says_whose_list_one_is_on(as_kari):
    assert "Ingrid Lund" in page(as_kari)


def test_and_who_is_substitute_until_when(as_kari, cast):
    today = people.today()
    with rows.seeing(practice=cast.lund.practice_id):
        actions.add_colleague(
            by=cast.lund,
            identity_number=synthetic(date(1980, 5, 6)),
            name="Mona Lie",
            role=cast.lund.role,
        )
        mona = next(
            one for one in people.clinicians_of_practice(cast.lund) if one.name == "Mona Lie"
        )
    actions.appoint_substitute(
        by=cast.siri,
        list_id=list_of(cast.lund),
        practitioner_id=mona.id,
        since=today,
        until=today + timedelta(days=5),
    )

    assert "Mona Lie er vikar" in page(as_kari)
    assert "Mona Lie er vikar for Ingrid Lund" in page(as_kari, "home")


def test_a_new_offices_question_is_on_the_start_page(as_kari, cast):
    asked(cast)

    assert reverse("portal:gp") in page(as_kari, "home")


def test_the_question_lists_what_is_open(as_kari, cast):
    wish, conversation = asked(cast), enquiry(cast.kari)

    assert str(conversation.id) in page(as_kari, "gp_change", wish.uuid)


def test_a_yes_changes_the_list_and_offers_to_take_along_what_is_open(as_kari, cast):
    wish, conversation = asked(cast), enquiry(cast.kari)

    answer = post(as_kari, reverse("portal:gp_change", args=[wish.uuid]), yes="ja")

    assert answer.headers["Location"] == reverse("portal:gp")
    assert "Tor Berg" in page(as_kari)
    assert reverse("portal:take_along", args=[conversation.id]) in page(as_kari)


def test_a_no_changes_nothing(as_kari, cast):
    wish = asked(cast)

    post(as_kari, reverse("portal:gp_change", args=[wish.uuid]), yes="nei")

    assert "Ingrid Lund" in page(as_kari)


def test_saying_neither_is_asked_again(as_kari, cast):
    wish = asked(cast)

    assert post(as_kari, reverse("portal:gp_change", args=[wish.uuid])).status_code == 422


def test_another_patients_question_is_not_found(as_per, cast):
    address = reverse("portal:gp_change", args=[asked(cast).uuid])

    assert as_per.get(address).status_code == 404
    assert post(as_per, address, yes="ja").status_code == 404
