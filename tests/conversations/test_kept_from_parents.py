"""What clinicians hide from a young patient's parents leaves no trace with them (R20)."""

import re

import pytest

from dialog import rows
from dialog.actor import Actor, Role
from dialog.appointments import queries as appointments
from dialog.conversations import actions, queries
from dialog.conversations.policy import Kind, may_keep_from_parents
from dialog.errors import NotAllowed, NotFound, WrongState
from tests.doors import signed_in
from tests.people.on_lists import enquiry, kinds, mother_of, uuid_of, young_patient

NEW_EACH_TIME = re.compile(r'(value|nonce)="[^"]*"')
SECRET = "Legen har skrevet"


@pytest.fixture
def ung(cast):
    """Fourteen, with Kari as a parent."""
    return young_patient(cast)


def keep(by, asked, kept=True):
    actions.keep_from_parents(by=by, conversation_id=asked.id, kept=kept)


def seen(by, ask):
    with rows.seeing(account=by.account_id, patient=by.patient_id):
        return ask()


@pytest.mark.parametrize("role", list(Role))
def test_clinicians_decide(role):
    assert may_keep_from_parents(Actor(role=role)) is (role in (Role.PRACTITIONER, Role.NURSE))


class TestKeepFromParents:
    @pytest.mark.parametrize("who", ["lund", "nina"])
    def test_parents_find_nothing_and_the_young_do(self, cast, ung, who):
        asked, mother = enquiry(ung), mother_of(cast, ung)
        before = seen(mother, lambda: len(queries.my_matters(mother)))

        keep(getattr(cast, who), asked)

        assert (before, seen(mother, lambda: queries.my_matters(mother))) == (1, [])
        with pytest.raises(NotFound):
            seen(mother, lambda: queries.conversation_for(mother, asked.id))
        assert seen(ung, lambda: queries.thread(ung, asked.id)).reserved
        assert [one.id for one in seen(ung, lambda: queries.my_matters(ung, kept_only=True))] == [
            asked.id
        ]
        assert kinds(patient=ung.patient)[-1] == "ConversationKept"

    def test_it_is_shown_again_and_saying_it_twice_is_no_fact(self, cast, ung):
        asked = enquiry(ung)

        for kept in (True, True, False, False):
            keep(cast.lund, asked, kept)

        mother = mother_of(cast, ung)
        assert len(seen(mother, lambda: queries.my_matters(mother))) == 1
        assert kinds(patient=ung.patient).count("ConversationKept") == 2

    def test_what_goes_on_from_it_is_hidden_too(self, cast, ung):
        asked = enquiry(ung)
        keep(cast.lund, asked)

        after = actions.start(
            by=cast.lund,
            kind=Kind.ENQUIRY,
            patient_id=ung.patient,
            text="Vi snakkes.",
            continues_id=asked.id,
        )

        mother = mother_of(cast, ung)
        assert after.reserved
        assert seen(mother, lambda: queries.my_matters(mother)) == []

    def test_others_do_not_decide_it(self, cast, ung):
        asked = enquiry(ung)

        for by, refusal in (
            (cast.siri, NotAllowed),
            (ung, NotAllowed),
            (mother_of(cast, ung), NotAllowed),
            (cast.berg, NotFound),
            (cast.per, NotFound),
        ):
            with pytest.raises(refusal):
                keep(by, asked)

    def test_nothing_is_hidden_from_nobody(self, cast):
        with pytest.raises(WrongState):
            keep(cast.lund, enquiry(cast.kari))


class TestNoTrace:
    def test_in_no_page_of_the_parents(self, cast, ung):
        """The same pages, before there was anything and after it was hidden."""
        mother = signed_in(cast.kari, acting_for=uuid_of(ung))
        addresses = ("/", "/meldinger", "/time/mine", "/innsyn", "/fastlege")
        before = [_bare(mother.get(address)) for address in addresses]
        asked = enquiry(ung)
        shown = [_bare(mother.get(address)) for address in addresses]
        keep(cast.lund, asked)
        actions.reply(by=cast.lund, conversation_id=asked.id, text=SECRET)

        after = [_bare(mother.get(address)) for address in addresses]

        assert shown != before  # as it is when nothing is hidden
        assert after == before
        for address in (f"/meldinger/{asked.id}", f"/time/{asked.id}/kalender.ics"):
            assert mother.get(address).status_code == 404
        assert seen(ung, lambda: appointments.my_appointments(ung)).coming == ()

    def test_the_log_of_the_young_person_has_it(self, cast, ung):
        asked = enquiry(ung)
        keep(cast.lund, asked)

        page = signed_in(ung).get("/innsyn").content.decode()

        assert "Endret om foreldre kan se saken" in page


def _bare(answer):
    """A page without what is new each time."""
    assert answer.status_code == 200
    return NEW_EACH_TIME.sub("", answer.content.decode())
