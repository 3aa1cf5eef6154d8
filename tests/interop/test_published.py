"""The profile we publish is read back as what it says."""

import pytest

from dialog.adapters.registries import agreement_files
from dialog.interop import names
from dialog.interop.agreed import Channel
from dialog.interop.names import Process
from dialog.interop.office_processes import OFFICE, PACKAGES
from dialog.interop.parties import Party, Queues
from dialog.interop.profiles import Profile
from dialog.interop.published import profile_xml

PARTY = Party(
    her_id=8141705,
    name="Storgata legesenter <æøå>",
    queues=Queues(asynchronous="8141703_async", synchronous="8141703_sync"),
)


def published(*processes: Process, bus: str = "") -> bytes:
    return profile_xml(PARTY, processes, encryption=b"enc", signing=b"sign", bus=bus)


def read_back(*processes: Process, bus: str = "") -> Profile:
    read = agreement_files.read(published(*processes, bus=bus))
    assert isinstance(read, Profile)
    return read


class TestWhatWePublish:
    def test_who_and_with_which_keys(self) -> None:
        read = read_back(Process.TEST, bus="buss.example/Test")

        assert (read.her_id, read.name) == (PARTY.her_id, PARTY.name)
        assert (read.encryption, read.signing) == (b"enc", b"sign")
        assert read.queues == {Channel.ASYNC: "8141703_async", Channel.SYNC: "8141703_sync"}

    @pytest.mark.parametrize("process", Process)
    def test_every_function_comes_back_and_nothing_had_to_be_tolerated(
        self, process: Process
    ) -> None:
        read = read_back(process)

        (offer,) = read.processes
        part = OFFICE[process]
        for listed, found in ((part.sends, offer.sends), (part.receives, offer.receives)):
            assert [(one.name, one.channel) for one in found] == [
                (one.name, one.channel) for one in listed
            ]
            assert all(one.tolerated is None for one in found)
            assert [one.namespaces - {names.MSGHEAD} for one in found] == [
                set(PACKAGES[one.package]) for one in listed
            ]
        assert (offer.version, offer.role) == (part.version, "Helsepersonell")

    def test_a_service_that_is_off_does_not_stand_there(self) -> None:
        both = read_back(Process.ECONSULTATION, Process.ENQUIRY)
        one = read_back(Process.ENQUIRY)

        assert both.offers(Process.ECONSULTATION) and both.offers(Process.ENQUIRY)
        assert one.offers(Process.ENQUIRY) and not one.offers(Process.ECONSULTATION)

    def test_with_everything_off_it_is_still_a_profile(self) -> None:
        assert read_back().processes == ()

    def test_the_same_gives_the_same_bytes_and_a_change_another_id(self) -> None:
        one = published(Process.ENQUIRY, Process.TEST)

        assert one == published(Process.TEST, Process.ENQUIRY, Process.TEST)
        assert _id(one) != _id(published(Process.ENQUIRY))


def _id(data: bytes) -> bytes:
    return data.split(b'cppid="')[1].split(b'"')[0]
