"""What an office changes about its people holds at the very next request of those who are signed
in, and what they were writing is given back.
"""

from datetime import date, timedelta

import pytest
from django.test import Client

from dialog import rows
from dialog.actor import Actor, Duty, Role
from dialog.conversations import actions as conversations
from dialog.conversations.models import Conversation, Message
from dialog.conversations.policy import Kind
from dialog.demo.cast import Cast
from dialog.identity.sessions import PRACTICE
from dialog.people import actions, queries
from dialog.people.models import Membership
from tests.doors import post, signed_in
from tests.econsultations.asked import asked
from tests.people.on_lists import list_of

WORDS = "Vi ringer deg i morgen tidlig om dette."


@pytest.fixture
def enquiry(cast: Cast) -> Conversation:
    return conversations.start(
        by=cast.kari, kind=Kind.ENQUIRY, patient_id=cast.kari.patient, text="Når åpner dere?"
    )


def written(cast: Cast, about: Conversation) -> list[str]:
    with rows.seeing(practice=cast.lund.practice_id):
        found = Message.objects.filter(conversation_id=about.id, side="practice")
        return [one.text for one in found]


def handed_to_nurses(cast: Cast, *, on: bool) -> None:
    for duty in (Duty.SEE_ECONSULTATIONS, Duty.ANSWER_ECONSULTATIONS):
        actions.delegate(by=cast.lund, role=Role.NURSE, duty=duty, on=on)


def work_as(cast: Cast, account: Actor, role: Role) -> None:
    actions.remove_member(by=cast.lund, account_id=account.account)
    actions.add_member(
        by=cast.lund, practice_id=cast.lund.practice, account_id=account.account, role=role
    )


def test_whoever_no_longer_works_here_is_shown_the_door_and_keeps_the_words(
    cast: Cast, as_siri: Client, enquiry: Conversation
) -> None:
    assert as_siri.get(f"/kontor/sak/{enquiry.id}").status_code == 200

    actions.remove_member(by=cast.lund, account_id=cast.siri.account)

    answer = post(as_siri, f"/kontor/sak/{enquiry.id}", text=WORDS)
    assert "ui/signed_out.html" in {one.name for one in answer.templates}
    assert WORDS in answer.content.decode()
    assert as_siri.get("/kontor/").headers["Location"].startswith("/logg-inn")
    assert written(cast, enquiry) == []


def test_a_duty_that_is_taken_back_shuts_the_page_and_the_words_are_given_back(
    cast: Cast, as_nina: Client
) -> None:
    handed_to_nurses(cast, on=True)
    about = asked(cast.kari)
    assert as_nina.get(f"/kontor/sak/{about.id}").status_code == 200

    handed_to_nurses(cast, on=False)

    answer = post(as_nina, f"/kontor/e-konsultasjon/{about.id}/svar", text=WORDS)
    assert answer.status_code == 404 and WORDS in answer.content.decode()
    assert as_nina.get(f"/kontor/sak/{about.id}").status_code == 404
    assert str(about.id) not in as_nina.get("/kontor/").content.decode()
    assert written(cast, about) == []


def test_another_role_has_what_that_role_has(cast: Cast, as_nina: Client) -> None:
    handed_to_nurses(cast, on=True)
    about = asked(cast.kari)
    assert as_nina.get(f"/kontor/sak/{about.id}").status_code == 200
    assert as_nina.get("/kontor/innstillinger").status_code == 403

    work_as(cast, cast.nina, Role.STAFF)

    assert as_nina.get(f"/kontor/sak/{about.id}").status_code == 404
    assert as_nina.get("/kontor/innstillinger").status_code == 200


@pytest.fixture
def locum(cast: Cast) -> Client:
    """Dr Berg, who works at Storgata too, without a list there."""
    here = cast.lund.practice
    actions.add_member(
        by=cast.lund, practice_id=here, account_id=cast.berg.account, role=Role.PRACTITIONER
    )
    actions.add_practitioner(
        by=cast.lund, practice_id=here, name="Tor Berg", account_id=cast.berg.account
    )
    client = signed_in(cast.berg)
    session = client.session
    with rows.seeing(practice=here):
        session[PRACTICE] = str(queries.office_by_id(here).uuid)
    session.save()
    return client


def test_one_who_works_elsewhere_too_does_not_answer_from_there(
    cast: Cast, locum: Client, enquiry: Conversation
) -> None:
    assert locum.get(f"/kontor/sak/{enquiry.id}").status_code == 200

    actions.remove_member(by=cast.lund, account_id=cast.berg.account)

    answer = post(locum, f"/kontor/sak/{enquiry.id}", text=WORDS)
    assert answer.status_code == 404 and WORDS in answer.content.decode()
    assert written(cast, enquiry) == []


def days_here(cast: Cast, first: int, last: int) -> None:
    """As Dr Berg's days at Storgata would be had they been said long ago, counted from today."""
    today = queries.today()
    with rows.seeing(practice=cast.lund.practice_id):
        Membership.objects.filter(account_id=cast.berg.account_id).update(
            period=(today + timedelta(days=first), today + timedelta(days=last + 1))
        )


class TestDaysAtAnOffice:
    """Whoever works here to a last day is somebody here to the end of it, and nobody before the
    first; with the cookie from the office all the while.
    """

    @pytest.mark.parametrize(
        ("first", "last", "comes_in"),
        [(1, 3, False), (0, 3, True), (-3, 0, True), (-3, -1, False)],
        ids=["before", "first day", "last day", "after"],
    )
    def test_comes_in_within_the_days_alone(
        self,
        cast: Cast,
        locum: Client,
        enquiry: Conversation,
        first: int,
        last: int,
        comes_in: bool,
    ) -> None:
        assert locum.get(f"/kontor/sak/{enquiry.id}").status_code == 200

        days_here(cast, first, last)

        assert locum.get(f"/kontor/sak/{enquiry.id}").status_code == (200 if comes_in else 404)
        answer = post(locum, f"/kontor/sak/{enquiry.id}", text=WORDS)
        assert (written(cast, enquiry) == [WORDS]) is comes_in
        assert comes_in or WORDS in answer.content.decode()

    def test_is_out_at_the_next_request_when_the_days_are_over_and_works_nowhere_else(
        self, cast: Cast, as_siri: Client, enquiry: Conversation
    ) -> None:
        assert as_siri.get(f"/kontor/sak/{enquiry.id}").status_code == 200
        today = queries.today()
        with rows.seeing(practice=cast.lund.practice_id):
            Membership.objects.filter(account_id=cast.siri.account_id).update(
                period=(today - timedelta(days=9), today)
            )

        answer = post(as_siri, f"/kontor/sak/{enquiry.id}", text=WORDS)

        assert "ui/signed_out.html" in {one.name for one in answer.templates}
        assert WORDS in answer.content.decode() and written(cast, enquiry) == []

    def test_is_let_in_at_the_next_request_when_the_first_day_is_moved_to_today(
        self, cast: Cast, locum: Client, enquiry: Conversation
    ) -> None:
        days_here(cast, 1, 3)

        actions.change_days(by=cast.lund, account_id=cast.berg.account, since=queries.today())

        assert locum.get(f"/kontor/sak/{enquiry.id}").status_code == 200


class TestSubstitute:
    """Whoever looks after a list is its doctor within the days, and nobody before and after."""

    @pytest.mark.parametrize(
        ("day", "sees"),
        [(0, False), (1, True), (3, True), (4, False)],
        ids=["before", "first day", "last day", "after"],
    )
    def test_sees_the_list_within_the_days_alone(
        self,
        cast: Cast,
        locum: Client,
        monkeypatch: pytest.MonkeyPatch,
        day: int,
        sees: bool,
    ) -> None:
        about = asked(cast.kari)
        today = queries.today()
        appoint(cast, since=today + timedelta(days=1), until=today + timedelta(days=4))
        monkeypatch.setattr(
            "dialog.people.queries.actors.today", lambda: today + timedelta(days=day)
        )

        assert locum.get(f"/kontor/sak/{about.id}").status_code == (200 if sees else 404)
        assert (str(about.id) in locum.get("/kontor/").content.decode()) is sees

    def test_is_out_at_the_next_request_when_the_time_is_cut_short(
        self, cast: Cast, locum: Client
    ) -> None:
        about, today = asked(cast.kari), queries.today()
        found = appoint(cast, since=today, until=today + timedelta(days=4))
        assert locum.get(f"/kontor/sak/{about.id}").status_code == 200

        actions.end_substitute(by=cast.lund, list_id=list_of(cast.lund), practitioner_id=found)

        answer = post(locum, f"/kontor/e-konsultasjon/{about.id}/svar", text=WORDS)
        assert answer.status_code == 404 and WORDS in answer.content.decode()
        assert written(cast, about) == []


def appoint(cast: Cast, *, since: date, until: date) -> int:
    """Dr Berg looks after Dr Lund's list; his timebook."""
    with rows.seeing(practice=cast.lund.practice_id):
        books = queries.clinicians_of_practice(cast.lund)
    found = next(one.id for one in books if one.account_id == cast.berg.account_id)
    actions.appoint_substitute(
        by=cast.lund, list_id=list_of(cast.lund), practitioner_id=found, since=since, until=until
    )
    return found
