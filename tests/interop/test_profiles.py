"""What a party takes, and what it does not."""

from datetime import UTC, datetime

import pytest

from dialog.interop import names
from dialog.interop.agreed import Channel, Function
from dialog.interop.names import Process
from dialog.interop.parties import queue_name
from dialog.interop.profiles import Agreement, Offer, Profile


def offer(version: str, *names_: str, channel: str = "async") -> Offer:
    functions = tuple(Function(name=one, channel=Channel(channel)) for one in names_)
    return Offer(
        process=Process.ENQUIRY,
        version=version,
        role="Helsepersonell",
        sends=functions,
        receives=functions,
    )


class TestOffers:
    def test_a_service_is_on_when_its_process_stands_there(self) -> None:
        office = Profile(her_id=1, processes=(offer("1.2", "Foresporsel"),))

        assert office.offers(Process.ENQUIRY)
        assert office.offers("DIALOG_INNBYGGER_EKONTAKT", "Foresporsel")
        assert not office.offers(Process.ENQUIRY, "Hent")
        assert not office.offers(Process.RENEWAL)

    def test_of_two_versions_the_newest_is_asked_first(self) -> None:
        old, new = offer("1.2", "Svar"), offer("1.10", "Svar", channel="sync")
        office = Profile(her_id=1, processes=(old, new))

        found = office.receives(Process.ENQUIRY, "Svar")

        assert found is not None and found.channel is Channel.SYNC


class TestReceipts:
    def test_through_what_it_answers(self) -> None:
        office = Profile(her_id=1, processes=(offer("1.2", "Foresporsel", "Apprec"),))

        assert office.receipt(Process.ENQUIRY, "Foresporsel") is not None
        assert office.receipt(Process.ENQUIRY, "Svar") is None

    def test_none_when_somebody_waits_for_the_answer(self) -> None:
        office = Profile(her_id=1, processes=(offer("1.2", "Hent", "Apprec", channel="sync"),))

        assert office.receipt(Process.ENQUIRY, "Hent") is None


class TestAgreements:
    @pytest.mark.parametrize(("day", "is_in_force"), [(1, False), (2, True), (8, True), (9, False)])
    def test_its_period(self, day: int, is_in_force: bool) -> None:
        agreement = Agreement(
            cpa_id="1",
            parties=(Profile(her_id=1), Profile(her_id=2)),
            begins=datetime(2026, 1, 2, tzinfo=UTC),
            ends=datetime(2026, 1, 9, tzinfo=UTC),
        )

        assert agreement.in_force(datetime(2026, 1, day, tzinfo=UTC)) is is_in_force
        assert agreement.of(3) is None


@pytest.mark.parametrize(
    ("address", "queue"),
    [
        ("tb.example/Buss/8141703_sync", "8141703_sync"),
        ("8141703_sync", "8141703_sync"),
        (" amqps://tb.example:5671/Buss/8141703_error ", "8141703_error"),
        ("tb.example/", ""),
    ],
)
def test_a_queue_is_what_follows_the_last_slash(address: str, queue: str) -> None:
    assert queue_name(address) == queue


def test_a_certificate_is_not_printed() -> None:
    profile = Profile(her_id=1, signing=b"\x30\x82secret", encryption=b"\x30\x82secret")

    assert "secret" not in repr(profile)
    assert names.MSGHEAD not in repr(profile)
