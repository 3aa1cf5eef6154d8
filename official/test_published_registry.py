"""The published agreement, profile and party are read as they are, with their known faults."""

import json
from pathlib import Path

import pytest

from dialog.adapters.cms.certificates import certificate
from dialog.adapters.registries import FolderRegistry, agreement_files
from dialog.interop.agreed import Channel, Tolerance
from dialog.interop.names import Process
from dialog.interop.office_processes import OFFICE, PACKAGES
from dialog.interop.parties import Queues
from dialog.interop.profiles import Agreement, Profile

CPA_ID = "51795e2c-9d39-44e0-9168-5bee38f20819"
PORTAL, OTHER = 8093240, 8093238
AGREED = [
    process
    for process in Process
    if process not in {Process.APPOINTMENTS, Process.CANCELLING, Process.PRACTITIONERS}
]


@pytest.fixture(scope="session")
def registry(examples: Path) -> FolderRegistry:
    return FolderRegistry(examples / "registry")


@pytest.fixture(scope="session")
def agreement(registry: FolderRegistry) -> Agreement:
    found = registry.agreement_by_id(CPA_ID)
    assert found is not None
    return found


def test_only_the_extract_is_not_a_file_of_the_registry(registry: FolderRegistry) -> None:
    assert list(registry.faults) == ["processes.json"]


def test_the_agreement_has_ended_and_is_found_by_its_id(
    registry: FolderRegistry, agreement: Agreement
) -> None:
    assert registry.agreement(PORTAL, OTHER) is None
    assert agreement.is_between(PORTAL, OTHER)


def test_every_function_is_as_the_extract_says(examples: Path, agreement: Agreement) -> None:
    extract = json.loads((examples / "registry" / "processes.json").read_text())
    party = agreement.of(PORTAL)
    assert party is not None and len(extract["processes"]) == 16
    for told in extract["processes"]:
        for role, parts in told["roles"].items():
            (offer,) = [
                one for one in party.processes if (one.process, one.role) == (told["process"], role)
            ]
            assert offer.version == told["version"]
            for way, found in (("can_send", offer.sends), ("can_receive", offer.receives)):
                as_listed = [(one["function"], one["queue"]) for one in parts[way]]
                untouched = [
                    (one.name, one.channel) if one.tolerated is None else listed
                    for one, listed in zip(found, as_listed, strict=True)
                ]
                assert untouched == as_listed


def test_what_had_to_be_tolerated_in_it(agreement: Agreement) -> None:
    party = agreement.of(PORTAL)
    assert party is not None
    found = {
        (offer.process.removeprefix("Dialog_Innbygger_"), offer.role, one.tolerated)
        for offer in party.processes
        for one in (*offer.sends, *offer.receives)
        if one.tolerated
    }

    assert found == {
        ("Reseptfornyelse", "Helsepersonell", Tolerance.RECEIPT_AS_ANSWER),
        ("Reseptfornyelse", "Innbygger", Tolerance.ANSWER_FOR_RECEIPT),
        ("Timeonske", "Innbygger", Tolerance.RECEIPT_PACKAGE),
        ("Timereservasjon", "Innbygger", Tolerance.ANSWER_CHANNEL),
    }


@pytest.mark.parametrize("process", AGREED)
def test_our_own_table_is_the_agreements(agreement: Agreement, process: Process) -> None:
    party, part = agreement.of(PORTAL), OFFICE[process]
    assert party is not None
    (offer,) = [
        one for one in party.processes if one.process == process and one.role == "Helsepersonell"
    ]

    assert offer.version == part.version
    for ours, theirs in ((part.sends, offer.sends), (part.receives, offer.receives)):
        assert [(one.name, one.channel) for one in ours] == [
            (one.name, one.channel) for one in theirs
        ]
        assert all(
            set(PACKAGES[mine.package]) <= one.namespaces
            for mine, one in zip(ours, theirs, strict=True)
        )


def test_the_older_profile_offers_its_processes(registry: FolderRegistry) -> None:
    found = registry.profile(93238)

    assert found is not None and found.name == "Digitale innbyggertjenester"
    assert found.queues == {Channel.ASYNC: "93238_async", Channel.SYNC: "93238_sync"}
    for process in (Process.ECONSULTATION, Process.ENQUIRY, Process.RENEWAL, Process.WISH):
        taken = found.receives(process, "Foresporsel")
        assert taken is not None and taken.channel is Channel.ASYNC
        assert taken.tolerated is Tolerance.PROCESS_NAME
    asked = found.receives(Process.BOOKING, "HentLedigeTimer")
    assert asked is not None and asked.channel is Channel.SYNC
    practitioners = found.sends(Process.PRACTITIONERS, "Hent")
    assert practitioners is not None and practitioners.channel is Channel.SYNC


def test_the_published_certificates_say_whose_and_what_for(
    registry: FolderRegistry, agreement: Agreement
) -> None:
    new, old = agreement.of(PORTAL), registry.profile(93238)
    assert new and old and new.signing and new.encryption and old.signing and old.encryption

    assert certificate(new.signing).organisation == "915933149"
    assert certificate(old.signing).organisation == "983544622"
    for one in (new, old):
        assert certificate(one.signing or b"").may_sign
        assert certificate(one.encryption or b"").may_encrypt


def test_a_partys_queues_are_its_parents(registry: FolderRegistry) -> None:
    found = registry.party(8141705)

    assert found is not None and found.active and found.parent_her_id == 8141703
    assert found.organisations == {"999988891"}
    assert found.queues == Queues(
        asynchronous="8141703_async",
        synchronous="8141703_sync",
        error="8141703_error",
        reply="8141703_syncreply",
    )


def test_a_profile_is_read_from_the_older_file_itself(examples: Path) -> None:
    data = (examples / "registry" / "cpp_old_format.xml").read_bytes()

    assert isinstance(agreement_files.read(data), Profile)
