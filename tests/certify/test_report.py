"""The report as people and machines read it, and what is said when it cannot be made."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from lxml import etree

from certify import cli, report, running
from certify.scenario import Outcome, Result
from dialog.cli import main
from dialog.people.identity_number import IdentityNumber
from tests.epj.numbers import KARI

AT = datetime(2026, 5, 15, 7, 20, tzinfo=UTC)


def went(key: str, outcome: Outcome, came: str) -> Result:
    (scenario,) = running.chosen([key])
    return Result(
        scenario=scenario, outcome=outcome, expected=scenario.expects, came=came, begun=AT, took=1.5
    )


@pytest.fixture
def made() -> report.Report:
    return report.Report(
        her_id=8000011,
        name="Lund <script>",
        portal=8000001,
        begun=AT,
        ended=AT + timedelta(seconds=65),
        results=[
            went("test", Outcome.PASSED, "a proper answer"),
            went("enquiry", Outcome.FAILED, "nothing <came>"),
            went("answer-renew", Outcome.NOT_RUN, "It needs a person."),
        ],
        oddities=[(AT, "unknown code & more")],
    )


def test_a_page_that_stands_alone(made: report.Report) -> None:
    page = report.html(made)

    assert "<script" not in page and "http" not in page and "src=" not in page
    assert 'name="viewport"' in page
    assert "1 passed, 1 failed, 1 not run" in page
    assert page.index("✗ Failed: An enquiry") < page.index("✓ Passed: Communication test")
    assert "nothing &lt;came&gt;" in page and "09:20:00, 1.5 s" in page
    etree.fromstring(re.sub(r"<!DOCTYPE html>|<meta[^>]*>", "", page))  # every element is closed


def test_for_machines(made: report.Report) -> None:
    root = etree.fromstring(report.junit(made))

    assert (root.get("tests"), root.get("failures"), root.get("skipped")) == ("3", "1", "1")
    failure = root.find("testcase[@name='enquiry']/failure")
    assert failure is not None and failure.get("message") == "nothing <came>"
    assert root.find("testcase[@name='answer-renew']/skipped") is not None
    assert root.find("testcase[@name='test']/failure") is None


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "Say whom to test"),
        (("--only", "nothing"), "No scenario is called nothing"),
        (("--her-id", "1", "--patients", "{none}"), "nobody in"),
    ],
)
def test_it_says_what_it_needs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], says: str
) -> None:
    none = tmp_path / "none.csv"
    none.write_text("")

    assert main(["certify", *(one.format(none=none) for one in words)]) == 1
    assert says in capsys.readouterr().err


def test_nobody_is_tested_with_who_is_somebody(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "patients.csv"
    path.write_text(f"{KARI.national_id};Kari;Nordmann\n")
    real = IdentityNumber(KARI.national_id, AT.date(), synthetic=False)
    monkeypatch.setattr(cli, "parse", lambda _number: real)

    assert main(["certify", "--her-id", "1", "--patients", str(path)]) == 1
    assert "no made-up patient" in capsys.readouterr().err


def test_the_scenarios_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["certify", "--list", "--only", "answer-*"]) == 0

    assert capsys.readouterr().out.count("(a person)") == 5
