"""The GP register over HTTP, against the simulated one in this process."""

import pytest

from dialog.adapters.gp_register import HttpGpRegister
from dialog.demo.listed import ORGANISATION
from dialog.demo.who import number
from dialog.errors import PortError
from dialog.people.gp_register import Listed
from tests.adapters.test_national_registers import now, simulated

simulated = simulated


@pytest.fixture
def register(simulated):
    return simulated


def ask(who="kari"):
    return HttpGpRegister().list_of(number(who))


def change(register, **words):
    register.read(now("gp", number=number("kari"), words=words))


class TestListOf:
    def test_which_list_at_which_office(self, register):
        assert ask() == Listed(
            contract="1001", organisation_number=ORGANISATION, given="Kari", family="Nordmann"
        )

    @pytest.mark.parametrize(
        "valid",
        [
            {"from": "2020-01-01", "to": "2020-12-31T23:59:59"},
            {"from": "2999-01-01", "to": None},
        ],
    )
    def test_a_list_that_is_not_today_is_none(self, register, valid):
        change(register, valid=valid)

        assert ask() is None

    def test_nobody_such(self, register):
        assert ask("bjarne") is None

    @pytest.mark.parametrize(
        "words",
        [
            {"patientNIN": number("per")},
            {"gpContract": None},
            {"gpContract": {"id": "tull", "gpOffice": {"organizationNumber": 1}}},
            {"valid": {"from": "i fjor"}},
            {"patient": {}},
        ],
    )
    def test_what_cannot_be_read_is_no_answer(self, register, words):
        change(register, **words)

        with pytest.raises(PortError):
            ask()

    @pytest.mark.parametrize("trouble", [{"status": 503}, {"broken": True}])
    def test_away(self, register, trouble):
        register.read(now("gp", trouble=trouble))

        with pytest.raises(PortError):
            ask()
