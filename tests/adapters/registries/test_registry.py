"""The port, held against a folder of files and against memory: both answer the same."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dialog.adapters.cms.authority import ENCRYPTION, SIGNING
from dialog.adapters.registries import FolderRegistry, MemoryRegistry, agreement_files, party_files
from dialog.interop.agreed import Channel
from dialog.interop.parties import Party, Queues
from dialog.interop.ports import AddressRegistry
from dialog.interop.profiles import Agreement, Profile
from tests.adapters.cms.enterprises import authority
from tests.adapters.registries import files
from tests.adapters.registries.files import OFFICE, PORTAL

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
Make = Callable[..., AddressRegistry]


def in_folder(folder: Path, **contents: bytes) -> FolderRegistry:
    for name, data in contents.items():
        stem, kind = name.rsplit("_", 1)
        (folder / f"{stem}.{kind}").write_bytes(data)
    return FolderRegistry(folder, every=0, now=lambda: NOW)


def in_memory(**contents: bytes) -> MemoryRegistry:
    read = [
        agreement_files.read(data) if name.endswith("_xml") else party_files.read(data)
        for name, data in contents.items()
    ]
    return MemoryRegistry(
        parties=[one for one in read if isinstance(one, Party)],
        profiles=[one for one in read if isinstance(one, Profile)],
        agreements=[one for one in read if isinstance(one, Agreement)],
        now=lambda: NOW,
    )


@pytest.fixture(params=["memory", "folder"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Make:
    if request.param == "memory":
        return in_memory
    return lambda **contents: in_folder(tmp_path, **contents)


class TestAddressRegistry:
    def test_a_party_and_its_queues_by_name(self, make: Make) -> None:
        registry = make(a_json=files.party(OFFICE, queues="8141705", organisation=987654325))

        found = registry.party(OFFICE)

        assert found is not None and found.active and found.name == "Part 8141705"
        assert found.organisations == {"987654325"}
        assert found.queues == Queues(
            asynchronous="8141705_async",
            synchronous="8141705_sync",
            error="8141705_error",
            reply="8141705_syncreply",
        )

    def test_queues_and_enterprise_come_from_the_parent(self, make: Make) -> None:
        registry = make(
            a_json=files.party(OFFICE, parent=8141703),
            b_json=files.party(8141703, queues="8141703", organisation=987654325),
        )

        found = registry.party(OFFICE)

        assert found is not None and found.queues.asynchronous == "8141703_async"
        assert found.organisations == {"987654325"}

    def test_a_party_of_its_own_parent_is_no_endless_question(self, make: Make) -> None:
        registry = make(a_json=files.party(OFFICE, parent=OFFICE))

        assert registry.party(OFFICE) is not None

    @pytest.mark.parametrize(
        "about",
        [
            {"Active": False},
            {"IsValidCommunicationParty": False},
            {"Valid": {"From": "2020-01-01T00:00:00", "To": "2026-11-19T00:00:00"}},
            {"Valid": {"From": "2026-12-01T00:00:00", "To": "9999-12-31T00:00:00"}},
        ],
    )
    def test_a_closed_party_is_not_active(self, make: Make, about: dict[str, object]) -> None:
        closed = make(a_json=files.party(OFFICE, **about)).party(OFFICE)

        assert closed is not None and not closed.active

    def test_a_party_is_closed_with_its_parent(self, make: Make) -> None:
        registry = make(
            a_json=files.party(OFFICE, parent=8141703),
            b_json=files.party(8141703, Active=False),
        )

        found = registry.party(OFFICE)

        assert found is not None and not found.active

    def test_nobody_is_known_who_has_not_been_told_of(self, make: Make) -> None:
        registry = make()

        assert registry.party(OFFICE) is None
        assert registry.profile(OFFICE) is None
        assert registry.agreement(OFFICE, PORTAL) is None
        assert registry.agreement_by_id("51795e2c") is None

    def test_the_agreement_of_a_pair_whoever_asks(self, make: Make) -> None:
        registry = make(a_xml=files.agreement())

        one, other = registry.agreement(OFFICE, PORTAL), registry.agreement(PORTAL, OFFICE)

        assert one is not None and one == other
        office = one.of(OFFICE)
        assert office is not None and office.signing == b"sign" and office.encryption == b"enc"
        assert office.queues == {Channel.ASYNC: "8141705_async", Channel.SYNC: "8141705_sync"}
        assert registry.agreement(OFFICE, 1) is None

    def test_an_ended_agreement_is_found_by_its_id_alone(self, make: Make) -> None:
        registry = make(a_xml=files.agreement(ends="2026-11-01T00:00:00"))

        assert registry.agreement(OFFICE, PORTAL) is None
        found = registry.agreement_by_id("51795e2c-0000-4000-8000-5BEE38F20819")
        assert found is not None and found.is_between(PORTAL, OFFICE)

    def test_of_two_in_force_the_one_that_began_last(self, make: Make) -> None:
        registry = make(
            a_xml=files.agreement("new", begins="2026-10-01T00:00:00+01:00"),
            b_xml=files.agreement("old"),
        )

        found = registry.agreement(OFFICE, PORTAL)

        assert found is not None and found.cpa_id == "new"

    def test_of_two_with_the_same_id_there_is_one(self, make: Make) -> None:
        ended = files.agreement("same", ends="2026-10-01T00:00:00+01:00")
        registry = make(a_xml=files.agreement("same"), b_xml=ended)

        assert registry.agreement(OFFICE, PORTAL) is None
        assert registry.agreement_by_id("same") is not None

    def test_a_profile(self, make: Make) -> None:
        found = make(a_xml=files.profile()).profile(OFFICE)

        assert found is not None and found.offers("Dialog_Innbygger_Ekontakt", "Foresporsel")
        assert not found.offers("Dialog_Innbygger_Ekonsultasjon")
        taken = found.receives("Dialog_Innbygger_Ekontakt", "Hent")
        assert taken is not None and taken.channel is Channel.SYNC


class TestCertificatesInTheFolder:
    def test_without_a_profile_they_are_one(self, tmp_path: Path) -> None:
        signing = authority().issue("A", "987654325", SIGNING)
        encryption = authority().issue("A", "987654325", ENCRYPTION)
        gone = authority().issue(
            "A", "987654325", SIGNING, begins=NOW - timedelta(9), ends=NOW - timedelta(1)
        )
        for number, key in enumerate((signing, encryption, gone)):
            (tmp_path / f"{OFFICE}_{number}.cer").write_bytes(key.certificate.der)
        later = NOW + timedelta(days=30)
        registry = FolderRegistry(tmp_path, every=0, now=lambda: later)

        found, party = registry.profile(OFFICE), registry.party(OFFICE)

        assert found is not None and found.processes == ()
        assert found.signing == signing.certificate.der
        assert found.encryption == encryption.certificate.der
        assert party is not None and len(party.certificates) == 2

    def test_a_file_says_whose_it_is(self, tmp_path: Path) -> None:
        (tmp_path / "kontoret.cer").write_bytes(authority().root)
        (tmp_path / f"{OFFICE}.pem").write_bytes(b"-----BEGIN CERTIFICATE-----\nx")

        registry = FolderRegistry(tmp_path, every=0)

        assert registry.faults == {
            "kontoret.cer": "The name of a certificate's file begins with a HER-id.",
            f"{OFFICE}.pem": "It is not a certificate.",
        }


class TestWhatChanges:
    def test_a_new_file_a_changed_one_and_one_that_is_gone(self, tmp_path: Path) -> None:
        registry = in_folder(tmp_path, a_json=files.party(OFFICE))
        assert registry.party(PORTAL) is None

        (tmp_path / "below").mkdir()
        (tmp_path / "below" / "b.json").write_bytes(files.party(PORTAL))
        (tmp_path / "a.json").write_bytes(files.party(OFFICE, Name="Nytt navn"))
        found = registry.party(OFFICE)
        assert registry.party(PORTAL) is not None
        assert found is not None and found.name == "Nytt navn"

        (tmp_path / "a.json").unlink()
        assert registry.party(OFFICE) is None

    def test_nothing_is_read_between_two_looks(self, tmp_path: Path) -> None:
        registry = FolderRegistry(tmp_path, every=60)
        assert registry.party(OFFICE) is None

        (tmp_path / "a.json").write_bytes(files.party(OFFICE))

        assert registry.party(OFFICE) is None

    def test_a_folder_that_is_not_there_is_an_empty_one(self, tmp_path: Path) -> None:
        registry = FolderRegistry(tmp_path / "nowhere", every=0)

        assert registry.party(OFFICE) is None and registry.faults == {}


class TestBrokenFiles:
    @pytest.mark.parametrize(
        ("name", "data", "why"),
        [
            ("b.json", b"{", "not JSON"),
            ("b.json", b"[" * 100_000, "not JSON"),
            ("b.json", b"[]", "not one communication party"),
            ("b.json", b"{}", "no HER-id"),
            ("b.json", files.party(1, ElectronicAddresses=["x"]), "not an address"),
            ("b.json", files.party(1, Valid={"From": "i går"}), "not two times"),
            ("b.xml", b"<a", "not well-formed"),
            ("b.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "DOCTYPE"),
            ("b.xml", b"<a/>", "neither an agreement"),
            ("b.xml", files.agreement(""), "no cpaid"),
            ("b.xml", files.agreement(begins="i dag"), "not a time"),
            ("b.xml", files.agreement(parties=[files.party_info(1)]), "1 parties"),
            ("b.xml", files.profile().replace(b">8141705<", b">legen<"), "no HER-id"),
            ("b.xml", files.profile().replace(b'"Dialog_Innbygger_Ekontakt"', b'""'), "no process"),
            ("b.xml", files.profile().replace(b'"Svar"', b'""'), "no name"),
            ("b.xml", files.profile().replace(b"c2lnbg==", b"%%%"), "not base64"),
        ],
    )
    def test_it_is_named_and_the_others_work(
        self, tmp_path: Path, name: str, data: bytes, why: str
    ) -> None:
        registry = in_folder(tmp_path, a_json=files.party(OFFICE))

        (tmp_path / name).write_bytes(data)

        assert list(registry.faults) == [name] and why in registry.faults[name]
        assert registry.party(OFFICE) is not None

    def test_a_file_that_breaks_goes_on_as_it_was(self, tmp_path: Path) -> None:
        registry = in_folder(tmp_path, a_xml=files.profile())
        assert registry.profile(OFFICE) is not None

        (tmp_path / "a.xml").write_bytes(files.profile()[:300])
        assert registry.profile(OFFICE) is not None
        assert list(registry.faults) == ["a.xml"]

        (tmp_path / "a.xml").write_bytes(files.profile())
        assert registry.faults == {}
