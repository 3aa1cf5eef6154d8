"""In which services parents act for older children, as the settings say it."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from dialog.actor import ALL_AREAS, Area
from dialog.config.acting_for import parents_of_older_children


def test_all_when_nothing_is_said(monkeypatch):
    monkeypatch.delenv("PARENTS_OF_OLDER_CHILDREN", raising=False)

    assert parents_of_older_children() == ALL_AREAS


def test_or_those_that_are_named(monkeypatch):
    monkeypatch.setenv("PARENTS_OF_OLDER_CHILDREN", "Appointment, enquiry")

    assert parents_of_older_children() == {Area.APPOINTMENT, Area.ENQUIRY}


@pytest.mark.parametrize("said", ["", "appointments", "enquiry,surgery"])
def test_what_is_no_service_stops_the_start(monkeypatch, said):
    monkeypatch.setenv("PARENTS_OF_OLDER_CHILDREN", said)

    with pytest.raises(ImproperlyConfigured, match="say some of appointment"):
        parents_of_older_children()
