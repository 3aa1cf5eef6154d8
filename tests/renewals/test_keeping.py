"""The office's list of a patient's prescriptions: entered, imported, stopped."""

import pytest

from dialog import rows
from dialog.adapters.medication import PracticeList
from dialog.adapters.memory import MemoryMedication
from dialog.demo.cast import Cast
from dialog.errors import InvalidInput, NotAllowed, NotFound
from dialog.ledger import queries as ledger
from dialog.renewals import actions, queries
from dialog.renewals.policy import Group, Source
from dialog.renewals.ports import MedicationSource

from .prescribed import in_days, medicine, patient_uuid, prescribe


def kept(cast: Cast) -> list[queries.Kept]:
    with rows.seeing(practice=cast.siri.practice, account=cast.siri.account):
        return queries.prescriptions_of(cast.siri, patient_uuid(cast.anne))


def bring_in(cast: Cast, text: str) -> None:
    actions.import_prescriptions(
        by=cast.siri, patient_uuid=patient_uuid(cast.anne), data=text.encode()
    )


class TestEnterPrescription:
    def test_it_is_kept_as_it_was_written(self, cast: Cast) -> None:
        written = medicine(
            "Metoprolol",
            strength="50 mg",
            form="depottablett",
            dosage="1 tablett morgen",
            atc="C07AB02",
            group=Group.C,
            repeats_left=2,
        )

        actions.enter_prescription(
            by=cast.siri, patient_uuid=patient_uuid(cast.anne), medicine=written
        )

        assert [(one.medicine, one.source) for one in kept(cast)] == [(written, Source.ENTERED)]

    def test_the_same_medicine_again_brings_it_up_to_date(self, cast: Cast) -> None:
        first = prescribe(cast, cast.anne, "Metoprolol", strength="50 mg", repeats_left=0)

        again = prescribe(cast, cast.anne, "metoprolol", strength="50 mg", repeats_left=3)

        assert again == first
        assert [one.medicine.repeats_left for one in kept(cast)] == [3]

    def test_another_strength_is_another_line(self, cast: Cast) -> None:
        prescribe(cast, cast.anne, "Metoprolol", strength="50 mg")
        prescribe(cast, cast.anne, "Metoprolol", strength="100 mg")

        assert len(kept(cast)) == 2

    def test_it_is_written_down_without_its_name(self, cast: Cast) -> None:
        ref = prescribe(cast, cast.anne, "Metoprolol")

        with rows.seeing(patient=cast.anne.patient):
            log = [one for one in ledger.access_log(cast.anne) if one.kind == "PrescriptionEntered"]
        assert [dict(one.details) for one in log] == [
            {"prescription_id": str(ref), "source": "entered"}
        ]

    @pytest.mark.parametrize("name", ["", "   ", "x" * 201])
    def test_it_must_have_a_name(self, cast: Cast, name: str) -> None:
        with pytest.raises(InvalidInput):
            prescribe(cast, cast.anne, name)

    @pytest.mark.parametrize(
        ("who", "refusal"), [("berg", NotFound), ("anne", NotAllowed), ("kari", NotAllowed)]
    )
    def test_a_stranger_writes_nothing(
        self, cast: Cast, who: str, refusal: type[Exception]
    ) -> None:
        with pytest.raises(refusal):
            actions.enter_prescription(
                by=getattr(cast, who),
                patient_uuid=patient_uuid(cast.anne),
                medicine=medicine(),
            )


class TestImportPrescriptions:
    def test_new_ones_are_added_and_known_ones_brought_up_to_date(self, cast: Cast) -> None:
        prescribe(cast, cast.anne, "Metoprolol", repeats_left=0)

        bring_in(cast, "Navn;Gruppe;Reit\nmetoprolol;C;4\nSobril;B;\n")

        assert [
            (one.medicine.name, one.medicine.group, one.medicine.repeats_left) for one in kept(cast)
        ] == [("metoprolol", Group.C, 4), ("Sobril", Group.B, None)]
        assert {one.source for one in kept(cast)} == {Source.IMPORTED}

    def test_what_only_the_office_knows_is_kept_when_the_file_brings_news(self, cast: Cast) -> None:
        prescribe(cast, cast.anne, "Metoprolol", reserved=True, control_by=in_days(40))

        bring_in(cast, "Navn;Gruppe;Reit\nMetoprolol;C;4\n")

        (only,) = (one.medicine for one in kept(cast))
        assert (only.repeats_left, only.reserved, only.control_by) == (4, True, in_days(40))

    @pytest.mark.parametrize(
        "text",
        ["", "Navn;Gruppe\n", "Navn;Gruppe\nMetoprolol;C\n;C\n", "Navn;Gruppe\nMetoprolol;X\n"],
    )
    def test_one_fault_and_nothing_is_kept(self, cast: Cast, text: str) -> None:
        with pytest.raises(InvalidInput):
            bring_in(cast, text)

        assert kept(cast) == []

    @pytest.mark.parametrize(("who", "refusal"), [("berg", NotFound), ("anne", NotAllowed)])
    def test_a_stranger_imports_nothing(
        self, cast: Cast, who: str, refusal: type[Exception]
    ) -> None:
        with pytest.raises(refusal):
            actions.import_prescriptions(
                by=getattr(cast, who),
                patient_uuid=patient_uuid(cast.anne),
                data=b"Navn;Gruppe\nMetoprolol;C\n",
            )


class TestStopPrescription:
    def test_it_is_gone_from_the_list(self, cast: Cast) -> None:
        ref = prescribe(cast, cast.anne, "Metoprolol")

        actions.stop_prescription(by=cast.siri, prescription=ref)

        assert kept(cast) == []

    @pytest.mark.parametrize("who", ["berg", "anne", "kari"])
    def test_a_stranger_does_not_find_it(self, cast: Cast, who: str) -> None:
        ref = prescribe(cast, cast.anne, "Metoprolol")

        with pytest.raises(NotFound):
            actions.stop_prescription(by=getattr(cast, who), prescription=ref)

    def test_twice_is_not_found(self, cast: Cast) -> None:
        ref = prescribe(cast, cast.anne, "Metoprolol")
        actions.stop_prescription(by=cast.siri, prescription=ref)

        with pytest.raises(NotFound):
            actions.stop_prescription(by=cast.siri, prescription=ref)


class TestMedicationSource:
    """What every source of prescriptions promises."""

    @pytest.fixture(params=["the practice's list", "memory"])
    def source(self, request: pytest.FixtureRequest, cast: Cast) -> MedicationSource:
        told = [(cast.anne, "metoprolol"), (cast.anne, "Atorvastatin"), (cast.per, "Albyl-E")]
        if request.param == "memory":
            memory = MemoryMedication()
            for who, name in told:
                known = memory.known.setdefault((who.patient, cast.lund.practice), [])
                known.append(medicine(name))
            return memory
        for who, name in told:
            prescribe(cast, who, name)
        return PracticeList()

    def names(self, cast: Cast, source: MedicationSource, patient: int, practice: int) -> list[str]:
        with rows.seeing(practice=cast.lund.practice):
            found = source.prescriptions(patient_id=patient, practice_id=practice)
        return [one.name for one in found]

    def test_a_patients_own_by_name(self, cast: Cast, source: MedicationSource) -> None:
        names = self.names(cast, source, cast.anne.patient, cast.lund.practice)

        assert names == ["Atorvastatin", "metoprolol"]

    def test_not_at_another_practice(self, cast: Cast, source: MedicationSource) -> None:
        assert self.names(cast, source, cast.anne.patient, cast.berg.practice) == []

    def test_nothing_known_is_an_empty_list(self, cast: Cast, source: MedicationSource) -> None:
        assert self.names(cast, source, cast.kari_for_ola.patient, cast.lund.practice) == []

    def test_the_reference_is_the_same_each_time(
        self, cast: Cast, source: MedicationSource
    ) -> None:
        with rows.seeing(practice=cast.lund.practice):
            first, second = (
                source.prescriptions(patient_id=cast.anne.patient, practice_id=cast.lund.practice)
                for _ in range(2)
            )
        assert [one.ref for one in first] == [one.ref for one in second]
