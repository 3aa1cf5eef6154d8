"""A whole file of people onto a list: all of them, or nobody."""

from datetime import date

import pytest

from dialog import rows
from dialog.demo.cast import number
from dialog.errors import InvalidInput, NotAllowed, NotFound
from dialog.ledger.models import Entry
from dialog.people import actions, queries
from dialog.people.identity_number import synthetic
from dialog.people.list_import import read
from dialog.people.models import Patient
from tests.people.on_lists import list_of, team_list

NEW = [synthetic(date(1960, 1, day)) for day in (1, 2, 3)]


def people_in(*numbers):
    lines = [f"{one};Fornavn {n};Etternavn;;" for n, one in enumerate(numbers)]
    text = "\n".join(["fødselsnummer;fornavn;etternavn;mobil;e-post", *lines])
    return read(text.encode(), synthetic_only=True).rows


class TestImportList:
    def test_everybody_new_is_on_the_list(self, cast):
        imported = actions.import_list(
            by=cast.siri, list_id=list_of(cast.lund), people=people_in(*NEW)
        )

        with rows.seeing(practice=cast.siri.practice_id):
            found = queries.patients_found(cast.siri, "Etternavn")
            lists = {queries.list_of(one.id).list_id for one in found}
        assert imported == actions.Imported(added=3, there=0, asked=0)
        assert (len(found), lists) == (3, {list_of(cast.lund)})

    def test_each_is_written_down(self, cast):
        actions.import_list(by=cast.siri, list_id=list_of(cast.lund), people=people_in(NEW[0]))

        with rows.seeing(practice=cast.siri.practice_id):
            last = Entry.objects.order_by("-id").values_list("kind", flat=True)[:2]
            assert set(last) == {"GpAssigned", "PatientRegistered"}

    def test_the_same_file_again_changes_nothing(self, cast):
        actions.import_list(by=cast.siri, list_id=list_of(cast.lund), people=people_in(*NEW))
        again = actions.import_list(
            by=cast.siri, list_id=list_of(cast.lund), people=people_in(*NEW)
        )

        assert again == actions.Imported(added=0, there=3, asked=0)

    def test_those_on_another_list_here_move(self, cast):
        imported = actions.import_list(
            by=cast.siri, list_id=team_list(cast), people=people_in(number("kari"))
        )

        with rows.seeing(patient=cast.kari.patient_id):
            assert queries.list_of(cast.kari.patient).list_id == team_list(cast)
        assert imported.added == 1

    def test_those_on_another_offices_list_are_asked_and_stay(self, cast):
        imported = actions.import_list(
            by=cast.siri, list_id=list_of(cast.lund), people=people_in(NEW[0], number("bjarne"))
        )

        with rows.seeing(patient=cast.bjarne.patient_id):
            assert queries.list_of(cast.bjarne.patient).list_id == list_of(cast.berg)
            assert len(queries.gp_wishes(cast.bjarne)) == 1
        assert imported == actions.Imported(added=1, there=0, asked=1)

    def test_asked_again_they_are_still_asked_once(self, cast):
        for _time in range(2):
            actions.import_list(
                by=cast.siri, list_id=list_of(cast.lund), people=people_in(number("bjarne"))
            )

        with rows.seeing(patient=cast.bjarne.patient_id):
            assert len(queries.gp_wishes(cast.bjarne)) == 1

    def test_somebody_who_can_sign_in_already_finds_their_patient(self, cast):
        actions.import_list(
            by=cast.siri, list_id=list_of(cast.lund), people=people_in(number("siri"))
        )

        with rows.seeing(account=cast.siri.account_id):
            assert queries.patient_actor(cast.siri.account_id).patient_id is not None

    def test_it_asks_as_often_of_three_as_of_three_hundred(
        self, cast, django_assert_max_num_queries
    ):
        many = [synthetic(date(1950, 1, 1), n) for n in range(300)]

        with django_assert_max_num_queries(30):
            actions.import_list(by=cast.siri, list_id=list_of(cast.lund), people=people_in(*many))

    def test_an_empty_file_is_refused(self, cast):
        with pytest.raises(InvalidInput):
            actions.import_list(by=cast.siri, list_id=list_of(cast.lund), people=())

    def test_another_offices_list_is_not_found(self, cast):
        with pytest.raises(NotFound):
            actions.import_list(by=cast.berg, list_id=list_of(cast.lund), people=people_in(NEW[0]))

    def test_a_nurse_may_not(self, cast):
        with pytest.raises(NotAllowed):
            actions.import_list(by=cast.nina, list_id=list_of(cast.lund), people=people_in(NEW[0]))


class TestRecognise:
    """An office has put somebody on its list; they sign in for the first time."""

    def test_they_get_an_account_of_their_own(self, cast):
        actions.import_list(by=cast.siri, list_id=list_of(cast.lund), people=people_in(NEW[0]))

        account = actions.recognise(by=cast.siri, identity_number=NEW[0])

        with rows.seeing(account=account.id):
            actor = queries.patient_actor(account.id)
            assert Patient.objects.get(id=actor.patient_id).account_id == account.id
        assert account.name == "Fornavn 0 Etternavn"

    def test_it_is_written_down(self, cast):
        actions.import_list(by=cast.siri, list_id=list_of(cast.lund), people=people_in(NEW[0]))

        account = actions.recognise(by=cast.siri, identity_number=NEW[0])

        with rows.seeing(practice=cast.siri.practice_id, account=account.id, scope="door"):
            patient = Patient.objects.get(account_id=account.id)
        with rows.seeing(patient=patient.id):
            assert Entry.objects.order_by("-id")[0].kind == "AccountMade"

    def test_nobody_an_office_has_not_listed_is_let_in(self, cast):
        assert actions.recognise(by=cast.siri, identity_number=NEW[0]) is None
