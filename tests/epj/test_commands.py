"""``digital-dialog epj`` as whoever sits at it sees it."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dialog.adapters.registries import FolderRegistry
from dialog.cli import main
from dialog.interop.agreed import Channel
from dialog.interop.names import Process
from dialog.interop.office_processes import OFFICE
from epj import settings
from epj.development import FOLDER
from epj.settings import Practitioner
from epj.system import alone
from tests.epj.numbers import KARI, LUND, PORTAL, STORGATA
from tests.epj.office import Office, chosen, event, tomorrow

Say = Callable[..., str]


@pytest.fixture
def at_desk(epj: Office, capsys: pytest.CaptureFixture[str]) -> Iterator[Say]:
    """Say a command there; what was printed."""
    settings.save(epj.folder, chosen(epj.folder))

    def say(*words: str, refused: bool = False) -> str:
        code = main(["epj", "--data", str(epj.folder), *words])
        printed = capsys.readouterr()
        assert (code != 0) == refused, printed.out + printed.err
        return printed.err if refused else printed.out

    yield say


class TestReading:
    def test_the_inbox_has_a_line_for_each(self, epj: Office, at_desk: Say) -> None:
        assert "Nothing awaits" in at_desk("inbox")
        epj.hears(Process.ENQUIRY, "Foresporsel", text="Når åpner\ndere?")

        (line,) = at_desk("inbox").splitlines()
        assert "Kari Nordmann" in line and "Når åpner dere?" in line and "awaits" in line
        assert KARI.national_id not in line

    def test_words_do_not_steer_the_terminal(self, epj: Office, at_desk: Say) -> None:
        epj.hears(Process.ENQUIRY, "Foresporsel", text="Hei\x9b2J\x85du")

        assert "Hei2J du" in at_desk("inbox")

    def test_a_message_with_its_answer(self, epj: Office, at_desk: Say) -> None:
        epj.hears(Process.ENQUIRY, "Foresporsel", text="Når åpner dere?")
        assert "It is sent when this runs" in at_desk("answer", "1", "Klokka ni", "--close")
        with alone(epj.folder):
            assert "It is sent" not in at_desk("answer", "1", "Eller ti")

        shown = at_desk("show", "1")
        assert "1: in, taken" in shown and "Når åpner dere?" in shown
        assert "→ 3: Svar, due" in shown
        assert "There is no message 99" in at_desk("show", "99", refused=True)

    def test_what_went_wrong(self, epj: Office, at_desk: Say) -> None:
        epj.hears(Process.ENQUIRY, "Foresporsel", text="Hei")
        at_desk("answer", "1", "Ja")
        epj.work()
        epj.hears_fault("transport:expired-certificate", str(epj.wire.sent[-1][0].message_id))
        epj.hears(Process.RENEWAL, "Foresporsel", text="Metoprolol")
        at_desk("renew", "4")
        epj.work()
        epj.acknowledges(epj.messages()[-1], "X99")

        said = at_desk("status")
        assert "Ekontakt Svar: not opened or believed by the receiver" in said
        assert "Reseptfornyelse Svar: rejected by the receiver (X99)" in said
        assert f"{PORTAL} says transport:expired-certificate, about 3" in said

    def test_patients(self, epj: Office, at_desk: Say) -> None:
        path = epj.folder / "liste.csv"
        path.write_text(f"{KARI.national_id};Kari;Nordmann\n")

        assert f"{KARI.national_id}  Kari Nordmann\n" in at_desk("patients", "--add", str(path))


class TestCalendar:
    def test_free_booked_moved_and_cancelled(self, epj: Office, at_desk: Say) -> None:
        epj.hears(Process.ENQUIRY, "Foresporsel", text="Så dere kjenner meg")
        day = tomorrow(2)
        times = ("--from", f"{day}T08:00", "--to", f"{day}T09:00", "--every", "30")
        assert at_desk("calendar", "free", *times) == "2 free times.\n"
        uid = at_desk("calendar", "book", "kari", "--at", f"{day}T08:00").split()[0]
        before = at_desk("calendar").splitlines()
        at_desk("calendar", "move", uid, "--at", f"{day}T10:00")
        at_desk("calendar", "cancel", uid)
        after = at_desk("calendar").splitlines()

        assert [line[11:16] for line in before] == ["08:00", "08:30"]
        assert "booked" in before[0] and "Kari Nordmann" in before[0]
        assert [line.split()[2] for line in after] == ["free", "free", "cancelled"]
        assert after[2].endswith("v3")

    def test_senseless_words(self, at_desk: Say) -> None:
        free = ("calendar", "free", "--from", "nå", "--to", "siden")
        assert "Write it as" in at_desk(*free, refused=True)
        assert "Nobody here is called" in at_desk("write", "Per", "Hei", refused=True)
        assert "Nobody here is called" in at_desk("write", "Per", "Hei", refused=True)
        assert "HER-id 5" in at_desk("write", "Per", "Hei", "--her-id", "5", refused=True)


class TestByHand:
    def test_a_booking_is_confirmed(self, epj: Office, at_desk: Say) -> None:
        epj.more["by_hand"] = True
        epj.begin_again()
        epj.hears(Process.BOOKING, "ReserverAvtale", events=(event(epj.offers()[0]),))

        assert "Message 3 is written" in at_desk("confirm", "1")
        assert "answered already" in at_desk("refuse", "1", "Nei", refused=True)

    def test_a_wish_is_given_a_time(self, epj: Office, at_desk: Say) -> None:
        epj.hears(Process.WISH, "OnskeReserver", text="Kontroll")

        assert "no free time" in at_desk("give", "1", refused=True)
        at_desk("give", "1", "--at", f"{tomorrow()}T09:00")
        assert [one.state for one in epj.appointments()] == ["booked"]


class TestMaking:
    def test_settings_are_read_as_they_were_written(self, tmp_path: Path) -> None:
        made = chosen(
            tmp_path,
            name='Legene «på» "Torget"',
            practitioners=(Practitioner(her_id=LUND, given="Åse Marie", family="Lund"),),
            by_hand=True,
            bus=settings.BusPlace(url="amqps://buss:5671", user="epj", password="æøå hemmelig"),
        )
        settings.save(tmp_path, made)

        assert settings.load(tmp_path) == made
        assert (tmp_path / settings.PASSWORD).stat().st_mode & 0o777 == 0o600

    def test_a_broker_that_does_not_understand_everything(self, tmp_path: Path) -> None:
        place = settings.BusPlace(
            url="amqps://buss:5672/prod",
            user="epj",
            password="hemmelig",
            address_form="/queue/{queue}",
            one_connection_per_receiver=True,
            knows_modified=False,
            reply_queue="8000011_syncreply",
        )
        settings.save(tmp_path, chosen(tmp_path, bus=place))

        bus = settings.bus(settings.load(tmp_path).bus)
        assert (bus.host, bus.port, bus.tls, bus.virtual_host) == ("buss", 5672, True, "prod")
        assert bus.address(f"{LUND}_async") == f"/queue/{LUND}_async"
        assert bus.one_connection_per_receiver and not bus.knows_modified
        assert bus.reply_queue == "8000011_syncreply"

    @pytest.mark.parametrize("url", ["buss:5671", "amqp://buss:5672", "http://localhost"])
    def test_a_bus_that_cannot_be_is_a_sentence(self, epj: Office, at_desk: Say, url: str) -> None:
        path = epj.folder / settings.FILE
        path.write_text(path.read_text().replace("amqp://localhost:5672", url))

        assert "bus" in at_desk("run", refused=True)

    def test_what_is_missing_is_asked_for_in_a_sentence(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["epj", "--data", str(tmp_path), "init", "--name", "Torget"]) == 1
        assert "Say --enterprise" in capsys.readouterr().err
        assert main(["epj", "--data", str(tmp_path), "inbox"]) == 1
        assert "There is no record system" in capsys.readouterr().err

    def test_an_office_on_the_real_bus(
        self,
        tmp_path: Path,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setenv("EPJ_BUS_PASSWORD", "en lang frase")
        words = {
            "name": "Torget",
            "enterprise": "8000010",
            "practitioner": "8000011=Ingrid Lund",
            "portal": "8000001",
            "portal-enterprise": "8000000",
            "bus": "amqps://buss.example:5671",
            "bus-user": "torget",
            **dict.fromkeys(("registry", "keys", "trust"), str(tmp_path)),
        }
        options = [part for name, word in words.items() for part in (f"--{name}", word)]
        assert main(["epj", "--data", str(tmp_path), "init", *options]) == 0

        made = settings.load(tmp_path)
        assert (made.bus.password, made.revocation, made.her_ids) == (
            "en lang frase",
            "http",
            (LUND, STORGATA),
        )
        assert main(["epj", "--data", str(tmp_path), "init", *options]) == 1
        assert "already" in capsys.readouterr().err

    def test_broken_settings_are_a_sentence(self, epj: Office, at_desk: Say) -> None:
        path = epj.folder / settings.FILE
        path.write_text(path.read_text().replace("[portal]", "[portalen]"))

        assert "portal" in at_desk("inbox", refused=True)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What ``init --development`` makes."""
    data = tmp_path_factory.mktemp("utvikling")
    assert main(["epj", "--data", str(data), "init", "--development"]) == 0
    return data / FOLDER


class TestDevelopment:
    def test_the_registry_has_both_and_what_they_agreed(self, made: Path) -> None:
        registry = FolderRegistry(made / "registry")
        assert registry.faults == {}

        assert registry.party(LUND).queues == registry.party(STORGATA).queues
        assert registry.party(LUND).queues.synchronous == f"{STORGATA}_sync"
        for her_id in (LUND, STORGATA):
            agreed = registry.agreement(PORTAL, her_id)
            office, portal = agreed.of(her_id), agreed.of(PORTAL)
            assert {office.signing, office.encryption}.isdisjoint(
                {portal.signing, portal.encryption}
            )
            for process, part in OFFICE.items():
                for said in part.sends:
                    assert portal.receives(process, said.name).tolerated is None
                    assert office.sends(process, said.name).channel == said.channel
                for heard in part.receives:
                    assert portal.sends(process, heard.name).channel == heard.channel

    def test_a_question_that_somebody_waits_for_goes_on_its_own_queue(self, made: Path) -> None:
        portal = FolderRegistry(made / "registry").agreement(PORTAL, LUND).of(PORTAL)

        asks = portal.sends("Dialog_Innbygger_Timereservasjon", "HentLedigeTimer")
        assert asks.channel is Channel.SYNC

    def test_nobody_else_reads_the_secrets(self, made: Path) -> None:
        for path in (*made.glob("*-keys/*.pem"), made / "portal.env"):
            assert path.stat().st_mode & 0o077 == 0
        assert set(json.loads((made / "broker" / "users.json").read_text())) == {"epj", "portal"}
