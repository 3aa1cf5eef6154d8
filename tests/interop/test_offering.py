"""A service that is on is a process in the profile we publish."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from dialog.adapters.registries import agreement_files
from dialog.conversations import actions as conversations
from dialog.conversations.policy import Feature
from dialog.demo.cast import Cast
from dialog.interop import offering
from dialog.interop.names import Process
from dialog.interop.profiles import Profile
from tests.interop.record_system import LUND, RecordSystem
from tests.people.on_lists import list_of


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.PROFILES_DIR = str(tmp_path / "profiles")
    return tmp_path / "profiles"


def published(epj: RecordSystem) -> None:
    with epj.as_role("dialog_relay"):
        offering.publish_what_changed()


def profile(folder: Path) -> Profile:
    found = agreement_files.read((folder / f"{LUND}.xml").read_bytes())
    assert isinstance(found, Profile)
    return found


def switched(cast: Cast, feature: Feature, *, on: bool) -> None:
    conversations.switch_service(by=cast.lund, list_id=list_of(cast.lund), feature=feature, on=on)


def test_everything_that_is_on_stands_there(cast: Cast, epj: RecordSystem, folder: Path) -> None:
    published(epj)

    offered = {process for process in Process if profile(folder).offers(process)}
    assert offered == set(Process) - {Process.PRACTITIONERS}


@pytest.mark.parametrize(
    ("feature", "gone"),
    [
        (Feature.ECONSULTATION, {Process.ECONSULTATION}),
        (Feature.DIRECT_BOOKING, {Process.BOOKING}),
        (
            Feature.APPOINTMENT,
            {Process.WISH, Process.BOOKING, Process.APPOINTMENTS, Process.CANCELLING},
        ),
    ],
)
def test_what_the_doctor_switches_off_is_gone_at_once_and_comes_back(
    cast: Cast, epj: RecordSystem, folder: Path, feature: Feature, gone: set[Process]
) -> None:
    switched(cast, feature, on=False)
    epj.pay()
    without = {process for process in Process if not profile(folder).offers(process)}

    switched(cast, feature, on=True)
    epj.pay()

    assert without == gone | {Process.PRACTITIONERS}
    assert all(profile(folder).offers(process) for process in gone)


def test_a_pause_that_begins_by_the_clock_is_published_too(
    cast: Cast, epj: RecordSystem, folder: Path
) -> None:
    published(epj)
    starts = timezone.now() + timedelta(days=1)
    conversations.plan_pause(
        by=cast.lund,
        list_id=list_of(cast.lund),
        feature=Feature.ENQUIRY,
        starts=starts,
        ends=starts + timedelta(days=7),
    )

    with time_machine.travel(starts + timedelta(minutes=1), tick=False):
        published(epj)

    assert not profile(folder).offers(Process.ENQUIRY)


def test_what_has_not_changed_is_not_written(cast: Cast, epj: RecordSystem, folder: Path) -> None:
    published(epj)
    before = (folder / f"{LUND}.xml").stat().st_mtime_ns

    published(epj)

    assert (folder / f"{LUND}.xml").stat().st_mtime_ns == before


def test_whom_the_registry_does_not_know_has_no_profile(
    cast: Cast, epj: RecordSystem, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = offering.registry()
    known.profiles.clear()  # type: ignore[attr-defined]  # the one in memory

    published(epj)

    assert not folder.exists()


def test_without_a_folder_nothing_is_published(
    cast: Cast, epj: RecordSystem, tmp_path: Path
) -> None:
    switched(cast, Feature.ECONSULTATION, on=False)

    epj.pay()
    published(epj)

    assert list(tmp_path.iterdir()) == []
