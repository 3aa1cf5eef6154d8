"""``certify`` against ``epj`` as processes: one that does as it should, over our broker and over
Debian's RabbitMQ, and one that does not.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from certify.people import WORD
from certify.running import EVERY
from epj.development import FOLDER, SETTINGS_FILE
from tests.buses import CHECKOUT
from tests.epj.numbers import KARI, LUND, OLA
from tests.epj.office import tomorrow
from tests.epj.running import Ends, running, surroundings
from tests.rabbit import Rabbit

PEOPLE = f"""
[[rule]]
process = "Ekonsultasjon"
contains = "svar med ordet"
do = "answer"
text = "Her er ordet: {WORD}"
[[rule]]
process = "Ekonsultasjon"
contains = "spør meg"
do = "ask"
text = "Hvor lenge?"
[[rule]]
process = "Ekonsultasjon"
contains = "svar nå"
do = "answer"
text = "Drikk te."
[[rule]]
process = "Ekontakt"
contains = "avslutt den"
do = "close"
text = "Klokka åtte."
[[rule]]
process = "Reseptfornyelse"
contains = "forny denne"
do = "renew"
[[rule]]
process = "Timeonske"
contains = "gi meg en time"
do = "give"
at = "first"
"""
OTHERWISE = """
[[rule]]
process = "Ekonsultasjon"
receipt = "no"
[[rule]]
process = "Ekontakt"
receipt = "T99"
[[rule]]
process = "Reseptfornyelse"
receipt = "X99"
[[rule]]
process = "Timereservasjon"
function = "HentLedigeTimer"
late = 1.0
times = 1
[[rule]]
process = "Timereservasjon"
function = "ReserverAvtale"
do = "confirm"
again = true
[[rule]]
process = "Timeonske"
do = "nothing"
"""
# What each scenario says when the record system does as above; nothing where it is in order.
WRONG = {
    "test": "",
    "not-xml": "",
    "free-times": "none came in that time",
    "e-consultation": "nothing came",
    "enquiry": "rejects with T99",
    "renewal": "rejects with X99",
    "taken-time": "it was booked all the same",
    "booked-twice": "2 answers with different MsgIds and 2 appointments",
    "unknown-patient": "rejects with T99",
    "answer-wish": "nothing came in that conversation",
}
QUIET = "0.4"  # seconds in which what is done twice shows
# Where it is waited for what does not come; where the same wait is for what must, it is long.
IN_VAIN = ("free-times", "e-consultation")


@pytest.fixture
def patients(tmp_path: Path) -> Path:
    path = tmp_path / "patients.csv"
    rows = (f"{one.national_id};{one.given};{one.family}\n" for one in (KARI, OLA))
    path.write_text("".join(rows))
    return path


@pytest.fixture(params=["ours", pytest.param("rabbit", marks=pytest.mark.rabbit)])
def rabbit_or_none(request: pytest.FixtureRequest) -> Rabbit | None:
    """RabbitMQ, where that is the broker."""
    found: Rabbit | None = None
    if request.param == "rabbit":
        found = request.getfixturevalue("rabbit")
    return found


def ready(
    folder: Path, patients: Path, script: str, rabbit: Rabbit | None = None
) -> Iterator[Ends]:
    path = folder / "script.toml"
    path.write_text(script)
    options = ("--patients", str(patients), "--only-listed")
    with running(folder, *options, script=path, rabbit=rabbit) as ends:
        day = tomorrow(3)
        ends.do("calendar", "free", "--from", f"{day}T08:00", "--to", f"{day}T10:00")
        yield ends


class Desk:
    """A person at the vendor, who does in the calendar what the screen says."""

    def __init__(self, ends: Ends) -> None:
        self.ends, self.uid = ends, ""

    def does(self, said: str) -> None:
        at = f"{tomorrow(5)}T12:00"
        if "an appointment in the calendar" in said:
            self.uid = self.ends.do("calendar", "book", KARI.national_id, "--at", at).split()[0]
        elif "Move that" in said:
            self.ends.do("calendar", "move", self.uid, "--at", f"{tomorrow(5)}T13:00")
        elif "Cancel that" in said:
            self.ends.do("calendar", "cancel", self.uid)
        elif "who has not asked" in said:
            self.ends.do("write", KARI.national_id, "Ta en blodprøve")
        elif "communication test to" in said:
            self.ends.do("test")


def certified(ends: Ends, patients: Path, *words: str) -> tuple[int, str]:
    """The exit code and all that was printed."""
    command = [
        *(sys.executable, "-m", "dialog", "certify", "--her-id", str(LUND)),
        *("--patients", str(patients), "--settings", str(ends.data / FOLDER / SETTINGS_FILE)),
        *("--report", str(ends.folder / "report"), *words),
    ]
    desk, printed = Desk(ends), []
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=CHECKOUT,
        env=surroundings(),
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            printed.append(line)
            desk.does(line)
    return process.returncode, "".join(printed)


def cases(ends: Ends) -> dict[str, etree._Element]:
    """Each scenario's case in the JUnit report."""
    root = etree.parse(ends.folder / "report" / "certify.xml").getroot()
    return {one.get("name", ""): one for one in root.iter("testcase")}


def test_a_record_system_that_does_all_as_it_should(
    tmp_path: Path, patients: Path, rabbit_or_none: Rabbit | None
) -> None:
    for ends in ready(tmp_path, patients, PEOPLE, rabbit_or_none):
        code, printed = certified(ends, patients, "--wait-person", "10", "--wait-quiet", QUIET)

        assert code == 0, printed
        assert f"{len(EVERY)} passed, 0 failed, 0 not run" in printed
        assert cases(ends).keys() == {one.key for one in EVERY}
        page = (tmp_path / "report" / "certify.html").read_text()
        assert page.count('class="passed"') == len(EVERY)
        assert "What came besides" not in page
        assert KARI.national_id not in page and "blodprøve" not in page


def test_a_record_system_that_does_otherwise(tmp_path: Path, patients: Path) -> None:
    for ends in ready(tmp_path, patients, OTHERWISE):
        found, said = {}, ""
        for keys, seconds in ((IN_VAIN, "0.4"), (WRONG.keys() - set(IN_VAIN), "10")):
            only = [word for key in WRONG if key in keys for word in ("--only", key)]
            waits = [f"--wait-{what}={seconds}" for what in ("answer", "receipt")]
            waits += ["--wait-person", "0.1", "--wait-quiet", QUIET]
            code, printed = certified(ends, patients, *only, *waits)

            assert code == 1, printed
            assert cases(ends).keys() == set(keys), printed
            found.update(cases(ends))
            said += printed
        assert found.keys() == WRONG.keys()
        for key, words in WRONG.items():
            failure = found[key].find("failure")
            assert (failure is not None) == bool(words), said
            assert failure is None or words in failure.get("message", ""), said
