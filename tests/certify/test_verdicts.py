"""Each way to be wrong is named, and what is right passes."""

from dataclasses import replace

import pytest

from certify import running, trial
from certify.scenario import Outcome
from dialog.adapters.registries.memory import MemoryRegistry
from dialog.errors import PortError
from dialog.interop.agreed import Function
from dialog.interop.messages import Code, Message, Receipt
from dialog.interop.names import Process
from dialog.interop.processes import Side, functions
from dialog.interop.profiles import Offer
from tests.certify.wire import Answers, answer, receipt, result, results
from tests.epj.numbers import KARI, KNOWN, LUND, OLA
from tests.epj.office import NAMES, profile, registry

NUMBER = KARI.national_id


def original(asked: Message, **otherwise: object) -> Receipt:
    made = receipt(asked)
    return replace(made, original=replace(made.original, **otherwise))


def header(asked: Message, **otherwise: object) -> list[object]:
    made = answer(asked, text="Hei", kind="SvarAvsluttet")
    return [receipt(asked), replace(made, header=replace(made.header, **otherwise))]


def from_elsewhere(asked: Message) -> Receipt:
    made = receipt(asked)
    return replace(made, sender=replace(made.sender, enterprise=made.receiver.enterprise))


def with_a_number(asked: Message) -> list[object]:
    return [receipt(asked, errors=(Code(value=NUMBER, list="8221"),), status=Code(value="2"))]


WRONG: list[tuple[str, Answers, str]] = [
    ("enquiry", lambda _asked: [], "nothing came"),
    ("enquiry", lambda asked: [receipt(asked, "X99")], "rejects with X99 (Annen feil)"),
    ("enquiry", lambda asked: [receipt(asked, version="1.0")], "version: 1.0 instead of 1.1"),
    (
        "enquiry",
        lambda asked: [from_elsewhere(asked)],
        "sender: 8000000/8000011 instead of 8000010/8000011",
    ),
    (
        "enquiry",
        lambda asked: [receipt(asked, sender=receipt(asked).receiver)],
        "only what was refused: APPREC from 8000011 was refused with abuse:spoofing-attack",
    ),
    (
        "enquiry",
        lambda asked: [receipt(asked, receiver=receipt(asked).sender)],
        "was refused with transport:invalid-field-value",
    ),
    ("enquiry", lambda asked: [original(asked, id="abc")], "a receipt for abc, which is not"),
    (
        "enquiry",
        lambda asked: [original(asked, type=Code(value="DIALOG_NOTAT"))],
        "type of the original: DIALOG_NOTAT instead of DIALOG_INNBYGGER_EKONTAKT",
    ),
    (
        "enquiry",
        lambda asked: [receipt(asked), receipt(asked)],
        "2 receipts for a message that was sent once",
    ),
    ("enquiry", with_a_number, "rejects with something that is no id and no code"),
    ("another-body", lambda asked: [receipt(asked)], "a receipt that says OK"),
    ("unknown-patient", lambda asked: [receipt(asked)], "a receipt that says OK"),
    ("answer-close", lambda asked: [receipt(asked)], "nothing came in that conversation"),
    (
        "answer-close",
        lambda asked: [receipt(asked), answer(asked, text="Hei")],
        "TemaKodet Svar",
    ),
    ("answer-close", lambda asked: header(asked, parent="x"), "RefToParent is not"),
    (
        "answer-close",
        lambda asked: header(asked, patient=OLA),
        "it is about another patient, or about nobody",
    ),
    (
        "answer-close",
        lambda asked: header(asked, receiver=asked.header.receiver),
        "was refused with transport:invalid-field-value",
    ),
]


@pytest.mark.parametrize(("key", "answers", "says"), WRONG)
def test_what_is_wrong_is_named(key: str, answers: Answers, says: str) -> None:
    found, _portal = result(key, answers)

    assert found.outcome is Outcome.FAILED
    assert says in found.came
    assert NUMBER not in found.came


@pytest.mark.parametrize(
    ("key", "answers"),
    [
        ("enquiry", lambda asked: [receipt(asked)]),
        ("unknown-patient", lambda asked: [receipt(asked, "E54")]),
        ("formatted-script", lambda asked: [receipt(asked, "T02")]),
        ("answer-close", lambda asked: header(asked)),
    ],
)
def test_what_is_right_passes(key: str, answers: Answers) -> None:
    found, portal = result(key, answers)

    assert (found.outcome, portal.inbox.oddities) == (Outcome.PASSED, [])


def test_a_receipt_that_comes_too_late_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """It comes while the run looks whether anything more comes."""
    asked: list[Message] = []
    monkeypatch.setattr(running.time, "sleep", lambda _seconds: late())

    def keep(message: Message) -> list[object]:
        asked.append(message)
        return []

    def late() -> None:
        heard = trial.Heard(running.time.monotonic(), 1, receipt(asked[0]))
        portals[0].inbox.put(heard)

    portals: list[running.Portal] = []
    made = running.Plan.__init__

    def remember(self: running.Plan, **said: object) -> None:
        made(self, **said)  # type: ignore[arg-type]
        portals.append(self.portal)

    monkeypatch.setattr(running.Plan, "__init__", remember)
    found, _portal = result("enquiry", keep)

    assert "nothing came in that time; it came after 0." in found.came


def test_what_cannot_be_read_is_told_besides() -> None:
    tull = f"<tull{NUMBER}/>".encode()
    _found, portal = result("enquiry", lambda asked: [receipt(asked), tull])

    ((_at, words),) = portal.inbox.oddities
    assert "We do not know messages that begin with tull…" in words


def test_what_needs_a_person_is_left_out() -> None:
    found, _portal = result("answer-close", lambda _asked: [], with_people=False)

    assert (found.outcome, found.came) == (Outcome.NOT_RUN, "It needs a person, and was left out.")


def test_what_the_agreement_has_not_got_is_not_run(monkeypatch: pytest.MonkeyPatch) -> None:
    takes = (Function(name="Foresporsel"),)
    offer = Offer(process=Process.ENQUIRY, version="1.2", role="Helsepersonell", receives=takes)
    agreed = replace(profile(LUND), processes=(offer,))
    known = MemoryRegistry(
        parties=[one for her_id in NAMES if (one := registry().party(her_id))],
        profiles=[agreed, *(profile(one) for one in NAMES if one != LUND)],
    )
    monkeypatch.setattr("tests.certify.wire.registry", lambda: known)
    found, _portal = results(
        "enquiry enquiry-more write-first calendar", lambda asked: [receipt(asked)]
    )
    run = {one.scenario.key for one in found if one.outcome is not Outcome.NOT_RUN}
    why = {one.scenario.key: one.came for one in found}

    assert run == {"enquiry"}
    assert why["enquiry-more"] == f"The agreement does not have {Process.ENQUIRY} Svar."
    assert why["write-first"].startswith("The agreement does not have")
    assert why["calendar"].startswith("The agreement does not have")


def test_a_fault_of_ours_is_told_and_the_rest_is_run() -> None:
    def breaks(asked: Message) -> list[object]:
        return [receipt(asked)] if asked.header.parent else [1 / 0]

    found, _portal = results("enquiry enquiry-more test", breaks)

    assert len(found) == 3
    assert {one.came for one in found} == {"a fault of ours, ZeroDivisionError: please tell us"}


def test_a_run_that_is_stopped_has_a_report_all_the_same() -> None:
    def stop(asked: Message) -> list[object]:
        if asked.header.type.value.endswith("RESEPTFORNYELSE"):
            raise KeyboardInterrupt
        return [receipt(asked)]

    found, _portal = results("*en*", stop)
    keys = [one.scenario.key for one in found]
    at = keys.index("renewal")

    assert len(keys) == len(running.chosen(["*en*"]))
    assert {one.outcome for one in found[:at] if one.sent} == {Outcome.PASSED}
    assert {one.came for one in found[at:]} == {"The run was stopped."}


def test_a_bus_that_is_away_ends_the_run() -> None:
    def away(_asked: Message) -> list[object]:
        raise PortError

    found, _portal = results("*en*", away)

    assert [one.outcome for one in found[:2]] == [Outcome.FAILED, Outcome.NOT_RUN]
    assert "bus cannot be reached" in found[0].came
    assert {one.came for one in found[1:]} == {"The bus could not be reached."}


def test_every_scenario_has_a_key_of_its_own_and_every_function_is_tried() -> None:
    keys = [one.key for one in running.EVERY]
    used = {pair for one in running.EVERY for pair in one.uses}
    said = {
        (one.process, one.name)
        for one in functions(KNOWN)
        if one.side is Side.PATIENT and (one.process, one.name) not in ANSWERED
    }

    assert len(set(keys)) == len(keys)
    assert said <= used


ANSWERED = {(one.process, one.name) for one in functions(KNOWN) if one.process.endswith("Test")} - {
    (one.process, "Foresporsel") for one in functions(KNOWN)
}
