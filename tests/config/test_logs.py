"""The operations log says where, when and what kind of trouble; nobody is in it."""

import logging
import subprocess
import sys
from typing import Any
from uuid import UUID

import httpx
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client

from dialog.cli import web
from dialog.config import logs
from dialog.demo.who import BORN, NAMES, number
from tests.doors import post
from tests.logs import Log

WORDS = "Utslettet under foten klør hver natt, og salven fra i fjor er brukt opp."
TOLD = ("Utslettet", "klør", "salven", "foten.png")
PEOPLE = {word for name in NAMES.values() for word in name} | {number(who) for who in BORN}
REFUSED = """DO $$ BEGIN RAISE EXCEPTION 'Nordmann is there already' USING
    ERRCODE = 'unique_violation', CONSTRAINT = 'one_name_each', DETAIL = '(Nordmann)'; END $$"""
PHONES = ("99900000", "99900002")


def nobody_in(text: str) -> bool:
    return not [one for one in (*PEOPLE, *TOLD, *PHONES) if one in text]


@pytest.fixture
def kari(as_kari: Client) -> Client:
    """Her browser, which is shown the page when something breaks."""
    as_kari.raise_request_exception = False
    return as_kari


def ask(kari: Client, **more: Any) -> Any:
    return post(kari, "/kontakt", calm="on", topic="other", text=WORDS, **more)


class TestAJourney:
    def test_leaves_nobody_in_the_log(
        self, kari: Client, as_siri: Client, operations_log: Log
    ) -> None:
        there = ask(kari).headers["Location"]
        conversation_id = there.rpartition("/")[2]
        as_siri.get(f"/kontor/sak/{conversation_id}")
        post(as_siri, f"/kontor/sak/{conversation_id}", text=WORDS)
        kari.get(there)
        kari.get(f"/pasient/{number('per')}?navn=Per+Hansen")
        kari.get(f"/meldinger/{UUID(int=7)}?tekst=Utslettet")
        kari.post("/kontakt", {"text": WORDS})
        kari.post("/kontakt", {"text": WORDS}, headers={"Host": "Nordmann.example"})
        broken = SimpleUploadedFile("foten.png", b"%PDF-1.7 Utslettet", content_type="image/png")
        ask(kari, files=broken)
        Client(enforce_csrf_checks=True).post("/kontakt", {"text": WORDS})

        said = operations_log()

        assert nobody_in(said), said
        assert "WARNING django.request 404 GET an address\n" in said
        assert f"404 GET /meldinger/<uuid:conversation_id> {UUID(int=7)}\n" in said
        assert "django.security.csrf 403 POST" in said
        assert "django.security.DisallowedHost 400 POST" in said

    @pytest.mark.parametrize(
        "fault",
        [
            ValueError(f"cannot read {WORDS!r} of Kari Nordmann, {number('kari')}"),
            KeyError("Nordmann"),
            RuntimeError(WORDS, {"to": "+4799900000"}),
        ],
        ids=lambda fault: type(fault).__name__,
    )
    def test_that_breaks_leaves_the_way_to_the_fault_and_not_its_words(
        self,
        kari: Client,
        operations_log: Log,
        monkeypatch: pytest.MonkeyPatch,
        fault: Exception,
    ) -> None:
        def breaks(**given: object) -> None:
            raise IntegrityError("Key (name)=(Nordmann) exists") from fault

        monkeypatch.setattr("dialog.enquiries.actions.ask_practice", breaks)

        answer = ask(kari)

        said = operations_log()
        assert answer.status_code == 500 and nobody_in(answer.content.decode())
        assert "ERROR django.request 500 POST /kontakt\n" in said
        assert "breaks\n  django.db.utils.IntegrityError\n  because of\n" in said
        assert f"\n  builtins.{type(fault).__name__}\n" in said
        assert nobody_in(said), said

    def test_what_the_database_refuses_is_named_by_its_rule(self, db: None) -> None:
        with pytest.raises(IntegrityError) as refused, transaction.atomic():
            connection.cursor().execute(REFUSED)

        way = "\n".join(logs.way_to(refused.value))
        assert "psycopg.errors.UniqueViolation (one_name_each)" in way
        assert nobody_in(way), way


class TestALine:
    def line(self, name: str, message: str, *words: object, **more: Any) -> str:
        record = logging.LogRecord(name, logging.WARNING, "/a/reader.py", 7, message, words, None)
        record.__dict__.update(more)
        return logs.Line().format(record).partition("WARNING ")[2]

    def test_of_ours_says_what_we_say(self) -> None:
        said = self.line("dialog.ledger.relay", "delivery %s: %s", 7, "Problem")

        assert said == "dialog.ledger.relay delivery 7: Problem"

    @pytest.mark.parametrize("name", ["icalendar", "psycopg", "django.dispatch", "dialogue"])
    def test_of_anybody_elses_says_where(self, name: str) -> None:
        assert self.line(name, "bad: %s", "Nordmann") == f"{name} complained in reader:7"

    def test_of_a_client_that_asks_for_an_address_is_not_written(self, operations_log: Log) -> None:
        transport = httpx.MockTransport(lambda request: httpx.Response(200))
        with httpx.Client(transport=transport) as client:
            client.get(f"http://register.test/{number('kari')}")

        assert operations_log() == ""

    def test_of_a_warning_or_a_thread_nobody_watched_is_no_different(self) -> None:
        """In a process of its own: what is set is set for good."""
        script = (
            "import logging, sys, threading, warnings\n"
            "from dialog.config import logs\n"
            "handler = logging.StreamHandler()\n"
            "handler.setFormatter(logs.Line())\n"
            "logging.basicConfig(handlers=[handler])\n"
            "logs.take_in_the_unexpected()\n"
            "warnings.warn('Nordmann')\n"
            "thread = threading.Thread(target=lambda: int('Utslettet'))\n"
            "thread.start(); thread.join()\n"
            "raise KeyError('Hansen')\n"
        )

        done = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=False
        )

        assert done.returncode == 1 and nobody_in(done.stderr), done.stderr
        assert "py.warnings complained" in done.stderr
        assert "builtins.ValueError" in done.stderr and "builtins.KeyError" in done.stderr


def test_the_settings_write_it_so() -> None:
    assert settings.LOGGING["formatters"]["line"] == {"()": "dialog.config.logs.Line"}
    assert {one["formatter"] for one in settings.LOGGING["handlers"].values()} == {"line"}


def test_the_web_server_keeps_no_list_of_what_was_asked_for() -> None:
    assert "--access-log" not in web.granian(8000)
