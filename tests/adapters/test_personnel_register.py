"""The health-personnel register over HTTP, against the simulated one in this process."""

from datetime import date

import pytest

from dialog.adapters.personnel_register import HttpPersonnelRegister
from dialog.demo.who import number
from dialog.errors import PortError
from tests.adapters.test_national_registers import now, simulated

simulated = simulated


@pytest.fixture
def register(simulated):
    return simulated


def ask():
    return HttpPersonnelRegister().professional(number("lund"))


def change(register, **words):
    register.read(now("personnel", number=number("lund"), words=words))


def authorisation(**words):
    return {
        "helsepersonellkategori": {"verdi": "LE"},
        "autorisasjon": {"verdi": "1"},
        "periode": {"fra": "2005-06-01"},
        **words,
    }


class TestProfessional:
    def test_who_is_authorised_as_what(self, register):
        lund = ask()

        assert lund.hpr_number == "9000001"
        assert [(one.kind, one.since, one.last, one.withdrawn) for one in lund.authorised] == [
            ("LE", date(2005, 6, 1), None, False)
        ]

    @pytest.mark.parametrize(
        "words",
        [
            {"avsluttetStatus": {"verdi": "2"}},
            {"autorisasjon": None},
            {"autorisasjon": {"verdi": "99"}},
        ],
        ids=["ended", "none", "unknown code"],
    )
    def test_what_lets_nobody_work(self, register, words):
        change(register, godkjenninger=[authorisation(**words)])

        assert ask().authorised[0].withdrawn

    def test_specialities_that_have_not_ended(self, register):
        specialities = [
            {"type": {"navn": "Allmennmedisin"}, "periode": {"fra": "2012-01-01"}},
            {"type": {"navn": "Indremedisin"}, "periode": {"til": "2010-01-01"}},
            {"type": {"navn": "Geriatri"}, "avsluttetStatus": {"verdi": "1"}},
        ]
        change(register, godkjenninger=[authorisation(spesialistgodkjenninger=specialities)])

        assert ask().authorised[0].specialities == ("Allmennmedisin",)

    def test_nobody_such(self, register):
        assert HttpPersonnelRegister().professional(number("kari")) is None

    @pytest.mark.parametrize(
        "words",
        [
            {"person": {"nin": number("berg")}},
            {"person": None},
            {"hprNummer": "tull"},
            {"godkjenninger": [{}]},
            {"godkjenninger": [authorisation(periode={"fra": "i fjor"})]},
            {"godkjenninger": [authorisation(periode={"fra": "2020-01-02", "til": "2020-01-01"})]},
        ],
    )
    def test_what_cannot_be_read_is_no_answer(self, register, words):
        change(register, **words)

        with pytest.raises(PortError):
            ask()

    @pytest.mark.parametrize("trouble", [{"status": 503}, {"broken": True}])
    def test_away(self, register, trouble):
        register.read(now("personnel", trouble=trouble))

        with pytest.raises(PortError):
            ask()
