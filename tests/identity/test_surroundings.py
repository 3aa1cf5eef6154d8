"""What the frame of every page says about its reader."""

import pytest

from dialog import rows
from dialog.identity.surroundings import around


@pytest.fixture
def said(rf, cast):
    def said_to(actor):
        request = rf.get("/")
        request.actor = actor
        with rows.seeing(**rows.view_of(actor)._asdict()):
            return around(request)

    return said_to


def test_a_patient_reads_her_own_name_and_her_offices_number(said, cast):
    frame = said(cast.per)

    assert (frame.reader, frame.acting_for, frame.switch) == (cast.per.name, "", "")
    assert frame.office and frame.office_phone


def test_a_mother_acting_for_her_son_reads_both_names_and_may_switch(said, cast):
    frame = said(cast.kari_for_ola)

    assert frame.reader == cast.kari.name
    assert frame.acting_for.startswith("Ola") and frame.switch


def test_a_mother_acting_for_herself_may_switch_but_reads_only_her_own_name(said, cast):
    frame = said(cast.kari)

    assert (frame.reader, frame.acting_for) == (cast.kari.name, "")
    assert frame.switch


def test_somebody_at_work_reads_where(said, cast):
    assert said(cast.siri).office == said(cast.kari).office
    assert said(cast.berg).office != said(cast.siri).office


def test_a_stranger_is_shown_where_to_sign_in_and_nothing_else(rf, db):
    frame = around(rf.get("/"))

    assert (frame.reader, frame.office_phone, frame.sign_in) == ("", "", "/logg-inn")
