"""The contact register over HTTP, against the simulated one in this process."""

from datetime import UTC, datetime, timedelta

import pytest

from dialog.adapters.contact_register import HttpContactRegister
from dialog.demo.who import number
from dialog.errors import PortError
from dialog.people.contact_register import Contacted
from dialog.registers import contact
from tests.adapters.test_national_registers import now, simulated

simulated = simulated


@pytest.fixture
def register(simulated):
    return simulated


def ask(*who):
    found = HttpContactRegister().people([number(one) for one in who])
    return [found[number(one)] for one in who]


def change(register, who, **words):
    register.read(now("contact", number=number(who), words=words))


class TestPeople:
    def test_many_at_once_each_as_the_register_has_them(self, register):
        kari, per, anne, ola = ask("kari", "per", "anne", "ola")

        assert (kari.registered, kari.may_be_told, kari.reserved) == (True, True, False)
        assert (kari.phone, kari.email, kari.language) == (
            "+4799900000",
            "kari@example.org",
            "nb",
        )
        assert (per.may_be_told, anne.reserved, anne.may_be_told) == (False, True, False)
        assert ola == Contacted()

    def test_changed_or_confirmed_whichever_came_last(self, register):
        where = {
            "mobiltelefonnummer": "+4799900000",
            "mobiltelefonnummer_oppdatert": "2024-06-29T10:14:52+02",
            "mobiltelefonnummer_sist_verifisert": "2026-08-05T10:45:15.768Z",
        }
        change(register, "kari", kontaktinformasjon=where)

        (kari,) = ask("kari")

        assert kari.phone_confirmed_at == datetime(2026, 8, 5, 10, 45, 15, 768000, UTC)
        assert (kari.email, kari.email_confirmed_at) == ("", None)

    def test_the_simulation_ages(self, register):
        long_ago = (datetime.now(UTC) - timedelta(days=600)).isoformat()
        where = {"epostadresse": "k@example.org", "epostadresse_oppdatert": long_ago}
        change(register, "kari", kontaktinformasjon=where)

        assert not ask("kari")[0].may_be_told


class TestTrouble:
    @pytest.mark.parametrize(
        "how", [{"status": 503}, {"status": 401}, {"status": 404}, {"broken": True}]
    )
    def test_an_answer_that_is_none_is_no_answer(self, register, how):
        register.read(now("contact", trouble=how))

        with pytest.raises(PortError):
            ask("kari")

    @pytest.mark.parametrize(
        "words",
        [
            {"status": None, "personidentifikator": "en annen"},
            {"kontaktinformasjon": ["+4799900000"]},
            {"kontaktinformasjon": {"mobiltelefonnummer": "9" * 21}},
            {"spraak_oppdatert": "i går"},
            {"spraak": "samisk"},
        ],
    )
    def test_nor_is_one_that_cannot_be_read(self, register, words):
        change(register, "kari", **words)

        with pytest.raises(PortError):
            ask("kari")

    def test_a_question_about_nobody_is_refused(self, register):
        assert contact.answer([], {}.get) is None
        assert contact.answer({"personidentifikatorer": "1"}, {}.get) is None
