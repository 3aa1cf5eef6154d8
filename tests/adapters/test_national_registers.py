"""The population register over HTTP, against the simulated one in this process."""

import json
import threading

import httpx
import pytest

from dialog.adapters import asking
from dialog.adapters.access import Access
from dialog.adapters.national_registers import HttpPopulationRegister
from dialog.adapters.oidc import wire as wires
from dialog.demo.registers import people
from dialog.demo.who import number
from dialog.errors import PortError
from dialog.people.ports import Responsible
from dialog.registers.kept import BadScript, Registers, read_file
from dialog.registers.server import HOST, server


@pytest.fixture
def simulated(settings, monkeypatch):
    """The cast's registers, on a free port of this machine."""
    registers = Registers()
    registers.read(people())
    serving = server(registers)
    thread = threading.Thread(target=serving.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    here = f"http://{HOST}:{serving.server_address[1]}"
    settings.REGISTERS = {
        name: Access(url=f"{here}/{name.lower()}", authorization="Bearer hemmelig")
        for name in settings.REGISTERS
    }
    asking.wire.cache_clear()
    yield registers
    asking.wire().close()
    asking.wire.cache_clear()
    serving.shutdown()
    serving.server_close()
    thread.join()


def now(register, **change):
    return {"changes": [{"register": register, **change}]}


def trouble(**how):
    return now("population", trouble=how)


class TestPerson:
    def test_who_is_responsible_and_lives_with_the_child(self, simulated):
        ola = HttpPopulationRegister().person(number("ola"))

        assert (ola.name, ola.closed) == ("Ola Nordmann", False)
        assert ola.parents == (Responsible(number=number("kari"), at_home=True),)
        assert HttpPopulationRegister().person(number("kari")).children == (number("ola"),)

    def test_a_parent_who_has_moved_does_not_live_there(self, simulated):
        moved = {"bostedsadresse": {"adressenavn": "Et annet sted"}}
        simulated.read(now("population", number=number("kari"), words=moved))

        ola = HttpPopulationRegister().person(number("ola"))

        assert ola.parents == (Responsible(number=number("kari"), at_home=False),)

    def test_no_address_is_nobodys_home(self, simulated):
        for who in ("ola", "kari"):
            simulated.read(now("population", number=number(who), words={"bostedsadresse": None}))

        assert not HttpPopulationRegister().person(number("ola")).parents[0].at_home

    @pytest.mark.parametrize(
        ("words", "closed"),
        [
            ({"adressebeskyttelse": "fortrolig"}, True),
            ({"adressebeskyttelse": "strengtFortrolig"}, True),
            ({"status": "doed"}, True),
            ({"adressebeskyttelse": "klientadresse"}, False),
        ],
    )
    def test_protected_and_dead(self, simulated, words, closed):
        simulated.read(now("population", number=number("per"), words=words))

        assert HttpPopulationRegister().person(number("per")).closed is closed

    def test_guardians_at_both_ends(self, simulated):
        anne, per = ([{"identifikasjonsnummer": number(who)}] for who in ("anne", "per"))
        simulated.read(now("population", number=number("anne"), words={"verger": per}))
        simulated.read(now("population", number=number("per"), words={"vergeFor": anne}))

        assert HttpPopulationRegister().person(number("anne")).guardians == (number("per"),)
        assert HttpPopulationRegister().person(number("per")).wards == (number("anne"),)

    def test_whom_it_does_not_know(self, simulated):
        simulated.read(now("population", number=number("per")))

        assert HttpPopulationRegister().person(number("per")) is None

    def test_no_address_comes_out(self, simulated):
        assert "vei" not in repr(HttpPopulationRegister().person(number("ola")))


class TestTrouble:
    @pytest.mark.parametrize(
        "how", [{"status": 503}, {"status": 401}, {"status": 302}, {"broken": True}]
    )
    def test_an_answer_that_is_none_is_no_answer(self, simulated, how):
        simulated.read(trouble(**how))

        with pytest.raises(PortError):
            HttpPopulationRegister().person(number("ola"))

    @pytest.mark.parametrize(
        "words",
        [
            {"navn": None},
            {"navn": {"fornavn": "Ola"}},
            {"foreldreansvar": [{"navn": "Kari"}]},
            {"foreldreansvar": "Kari"},
            {"foedselsdato": "i går"},
            {"identifikasjonsnummer": "noen andre"},
        ],
    )
    def test_nor_is_one_that_cannot_be_read(self, simulated, words):
        simulated.read(now("population", number=number("ola"), words=words))

        with pytest.raises(PortError) as fault:
            HttpPopulationRegister().person(number("ola"))

        assert "Kari" not in str(fault.value)

    def test_a_slow_register_is_not_waited_for(self, simulated, monkeypatch):
        monkeypatch.setattr(wires, "PATIENCE", httpx.Timeout(0.05))
        asking.wire.cache_clear()
        simulated.read(trouble(delay=30))

        with pytest.raises(PortError):
            HttpPopulationRegister().person(number("ola"))

    def test_one_that_is_not_there(self, simulated, settings):
        nowhere = Access(url=f"http://{HOST}:1/population")
        settings.REGISTERS = {**settings.REGISTERS, "POPULATION": nowhere}

        with pytest.raises(PortError):
            HttpPopulationRegister().person(number("ola"))


class TestTheSimulator:
    def test_changes_come_when_their_time_has_come(self, simulated, monkeypatch):
        clock = [100.0]
        monkeypatch.setattr("dialog.registers.kept.time.monotonic", lambda: clock[0])
        simulated.read(now("population", after=30, number=number("per"), words={"status": "doed"}))
        before = simulated.answer("population", number("per"))[1]["status"]
        clock[0] += 30

        assert (before, simulated.answer("population", number("per"))[1]["status"]) == (
            "bosatt",
            "doed",
        )

    def test_it_is_told_while_it_runs(self, simulated, settings):
        control = settings.REGISTERS["POPULATION"].url.replace("population", "control")

        assert httpx.post(control, json=trouble(status=503)).status_code == 200
        with pytest.raises(PortError):
            HttpPopulationRegister().person(number("ola"))
        assert httpx.post(control, json={"phones": {}}).status_code == 400
        assert httpx.post(control, content=b"{").status_code == 400

    @pytest.mark.parametrize(
        "script",
        [
            [],
            {"phones": {}},
            {"population": []},
            {"changes": [{}]},
            {"changes": [{"register": "population"}]},
            {"changes": [{"register": "population", "trouble": {"mood": 1}}]},
        ],
    )
    def test_a_script_that_makes_no_sense_is_refused_whole(self, script):
        with pytest.raises(BadScript):
            Registers().read(script)

    def test_a_script_is_read_from_a_file(self, tmp_path):
        script = tmp_path / "people.json"
        script.write_text(json.dumps({"contact": {"1": {"mobil": "0"}}}))
        registers = Registers()

        read_file(registers, script)

        assert registers.answer("contact", "1") == ({}, {"mobil": "0"})
        script.write_text("{")
        with pytest.raises(BadScript, match="not JSON"):
            read_file(registers, script)
        with pytest.raises(BadScript, match="cannot be read"):
            read_file(registers, tmp_path / "nobody.json")
