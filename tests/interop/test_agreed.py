"""Each thing the published agreements get wrong, and how it is read."""

import pytest

from dialog.interop import names
from dialog.interop.agreed import Channel, Function, Tolerance, mended
from dialog.interop.names import Process
from dialog.interop.profiles import Offer, Profile

DIALOG = frozenset({names.MSGHEAD, names.DIALOG_11})
OLD_DIALOG = frozenset({names.MSGHEAD, names.DIALOG_10})
RECEIPT = frozenset({names.APPREC_11})


def function(name: str, spaces: frozenset[str] = DIALOG, channel: str = "async") -> Function:
    return Function(name=name, namespaces=spaces, channel=Channel(channel))


def profile(
    process: str, *, sends: list[Function], receives: list[Function], role: str = "Helsepersonell"
) -> Profile:
    offer = Offer(
        process=process,
        version="1.2",
        role=role,
        sends=mended(process, role, sends, sending=True),
        receives=mended(process, role, receives, sending=False),
    )
    return Profile(her_id=1, processes=(offer,))


class TestSpelling:
    @pytest.mark.parametrize(
        ("asked", "tolerated"),
        [
            ("OnskeReserver", None),
            ("ØnskeReserver", Tolerance.LETTERS),
            ("ONSKERESERVER", Tolerance.LETTERS),
        ],
    )
    def test_letters(self, asked: str, tolerated: Tolerance | None) -> None:
        office = profile(Process.WISH, sends=[], receives=[function("OnskeReserver")])

        found = office.receives(Process.WISH, asked)

        assert found is not None and found.tolerated is tolerated

    def test_wiki_name(self) -> None:
        office = profile(Process.BOOKING, sends=[function("SvarAvtaleReservasjon")], receives=[])

        found = office.sends(Process.BOOKING, "SvarTimeReservasjon")

        assert found is not None and found.tolerated is Tolerance.WIKI_NAME

    def test_process_name(self) -> None:
        """The older form has one name for all functions, and all on the same queue."""
        kind = Process.BOOKING.upper()
        office = profile(
            "Dialog_Innbygger_Timereservasjon",
            role=f"{kind}receiver",
            sends=[],
            receives=[function(kind), function(kind), function("APPREC", RECEIPT)],
        )

        asked = office.receives(kind, "HentLedigeTimer")
        reserved = office.receives(kind, "ReserverAvtale")
        receipt = office.receives(kind, "Apprec")

        assert asked is not None and asked.channel is Channel.SYNC
        assert reserved is not None and reserved.channel is Channel.ASYNC
        assert reserved.tolerated is Tolerance.PROCESS_NAME
        assert receipt is not None and receipt.tolerated is Tolerance.LETTERS

    def test_a_receipt_is_not_found_under_the_name_of_the_process(self) -> None:
        kind = Process.TEST.upper()
        office = profile(Process.TEST, sends=[], receives=[function(kind, channel="sync")])

        assert office.receives(Process.TEST, "Apprec") is None


class TestRenewals:
    def test_receipt_as_answer(self) -> None:
        """The office takes a receipt, listed under the name of the answer."""
        office = profile(
            Process.RENEWAL,
            sends=[function("Svar"), function("Apprec", RECEIPT)],
            receives=[function("Foresporsel"), function("Svar", RECEIPT)],
        )

        found = office.receives(Process.RENEWAL, "Apprec")

        assert found is not None and found.tolerated is Tolerance.RECEIPT_AS_ANSWER
        assert office.receives(Process.RENEWAL, "Svar") is None
        assert office.receipt(Process.RENEWAL, "Svar") == found

    def test_answer_for_receipt(self) -> None:
        """The citizen's side «sends» the office's answer where its receipt should stand."""
        citizen = profile(
            Process.RENEWAL,
            role="Innbygger",
            sends=[function("Foresporsel"), function("Svar", DIALOG | {names.PRESCRIPTION[0]})],
            receives=[function("Svar"), function("Apprec", RECEIPT)],
        )

        found = citizen.sends(Process.RENEWAL, "Apprec")

        assert found is not None and found.tolerated is Tolerance.ANSWER_FOR_RECEIPT
        assert found.namespaces == RECEIPT
        assert citizen.sends(Process.RENEWAL, "Svar") is None

    def test_an_answer_beside_a_receipt_is_an_answer(self) -> None:
        citizen = profile(
            Process.ENQUIRY,
            role="Innbygger",
            sends=[function("Svar"), function("Apprec", RECEIPT)],
            receives=[],
        )

        found = citizen.sends(Process.ENQUIRY, "Svar")

        assert found is not None and found.tolerated is None


@pytest.mark.parametrize(
    ("dialog", "receipt"), [(DIALOG, names.APPREC_11), (OLD_DIALOG, names.APPREC_10)]
)
def test_receipt_package(dialog: frozenset[str], receipt: str) -> None:
    citizen = profile(
        Process.WISH,
        role="Innbygger",
        sends=[],
        receives=[function("SvarOnske", dialog), function("Apprec", dialog)],
    )

    found = citizen.receives(Process.WISH, "Apprec")

    assert found is not None and found.tolerated is Tolerance.RECEIPT_PACKAGE
    assert found.namespaces == {receipt}


def test_answer_channel() -> None:
    citizen = profile(
        Process.BOOKING,
        role="Innbygger",
        sends=[],
        receives=[
            function("SvarAvtaleReservasjon", channel="sync"),
            function("SvarLedigeTimer", channel="sync"),
        ],
    )

    answer = citizen.receives(Process.BOOKING, "SvarAvtaleReservasjon")
    times = citizen.receives(Process.BOOKING, "SvarLedigeTimer")

    assert answer is not None and answer.channel is Channel.ASYNC
    assert answer.tolerated is Tolerance.ANSWER_CHANNEL
    assert times is not None and times.channel is Channel.SYNC and times.tolerated is None


class TestLaterFunction:
    def test_an_appointment_told_under_booking(self) -> None:
        citizen = profile(Process.BOOKING, role="Innbygger", sends=[], receives=[])
        office = profile(Process.BOOKING, sends=[], receives=[])

        taken, told = (
            citizen.receives(Process.BOOKING, "Avtale"),
            office.sends(Process.BOOKING, "Avtale"),
        )

        assert taken is not None and taken.tolerated is Tolerance.LATER_FUNCTION
        assert told == taken
        assert office.receives(Process.BOOKING, "Avtale") is None

    def test_not_without_the_process_and_not_what_needs_an_agreement(self) -> None:
        citizen = profile(Process.BOOKING, role="Innbygger", sends=[], receives=[])
        other = profile(Process.ENQUIRY, role="Innbygger", sends=[], receives=[])

        assert other.receives(Process.BOOKING, "Avtale") is None
        assert citizen.sends(Process.BOOKING, "HentPlanlagteTimer") is None
