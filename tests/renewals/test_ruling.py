"""What an office decides about renewals: what needs a consultation, and whether parents ask."""

from datetime import date
from uuid import UUID

import pytest
import time_machine

from dialog.demo.cast import Cast
from dialog.errors import InvalidInput, NotAllowed
from dialog.people.policy import OWN_VOICE
from dialog.renewals import actions
from dialog.renewals.policy import Hint

from .prescribed import ask, offers, prescribe


def decide(cast: Cast, *codes: str, by_parents: bool = True) -> None:
    actions.set_rules(by=cast.lund, consultation_first=codes, by_parents=by_parents)


def hint_of(cast: Cast, ref: UUID) -> Hint:
    return next(one.hint for one in offers(cast.anne) if one.medicine.ref == ref)


class TestSetRules:
    @pytest.mark.parametrize("code", ["N02A", "n02aa01", " N 02 ", "N"])
    def test_a_code_or_its_beginning_needs_a_consultation(self, cast: Cast, code: str) -> None:
        ref = prescribe(cast, cast.anne, "Paralgin", atc="N02AA01")
        decide(cast, code)

        assert hint_of(cast, ref) is Hint.CONSULTATION_FIRST
        with pytest.raises(InvalidInput):
            ask(cast.anne, ref)

    @pytest.mark.parametrize("atc", ["C07AB02", ""])
    def test_other_medicines_are_asked_for_as_before(self, cast: Cast, atc: str) -> None:
        ref = prescribe(cast, cast.anne, "Metoprolol", atc=atc)
        decide(cast, "N02A")

        assert hint_of(cast, ref) is Hint.NONE
        assert ask(cast.anne, ref)

    def test_it_is_this_offices_rule_alone(self, cast: Cast) -> None:
        ref = prescribe(cast, cast.anne, "Paralgin", atc="N02AA01")
        actions.set_rules(by=cast.berg, consultation_first=["N02A"], by_parents=True)

        assert hint_of(cast, ref) is Hint.NONE

    def test_no_codes_is_no_rule(self, cast: Cast) -> None:
        ref = prescribe(cast, cast.anne, "Paralgin", atc="N02AA01")
        decide(cast, "N02A")

        decide(cast, "", "  ")

        assert hint_of(cast, ref) is Hint.NONE

    @pytest.mark.parametrize("code", ["Paralgin", "1", "N0", "N02AA0", "X02"])
    def test_what_is_no_code_is_refused_by_name(self, cast: Cast, code: str) -> None:
        with pytest.raises(InvalidInput) as refusal:
            decide(cast, "N02A", code)

        assert code.upper() in str(refusal.value.sentence)
        assert refusal.value.field == "consultation_first"

    @pytest.mark.parametrize("who", ["siri", "nina", "kari"])
    def test_only_doctors_decide(self, cast: Cast, who: str) -> None:
        with pytest.raises(NotAllowed):
            actions.set_rules(by=getattr(cast, who), consultation_first=["N02A"], by_parents=False)


class TestByParents:
    """Ola was born on 2 June 2019."""

    @pytest.mark.parametrize(
        ("on", "open_to_parents"),
        [
            (date(2031, 6, 1), True),
            (date(2031, 6, 2), False),
            (date(2035, 6, 1), False),
        ],
    )
    def test_from_twelve_until_sixteen_where_the_office_says_so(
        self, cast: Cast, on: date, open_to_parents: bool
    ) -> None:
        decide(cast, by_parents=False)

        with time_machine.travel(on):
            if open_to_parents:
                assert ask(cast.kari_for_ola, earlier="Eksemkrem")
            else:
                with pytest.raises(NotAllowed):
                    ask(cast.kari_for_ola, earlier="Eksemkrem")

    def test_otherwise_parents_ask_until_sixteen(self, cast: Cast) -> None:
        with time_machine.travel(date(2019 + OWN_VOICE, 6, 1)):
            assert ask(cast.kari_for_ola, earlier="Eksemkrem")

    def test_patients_themselves_are_not_concerned(self, cast: Cast) -> None:
        decide(cast, by_parents=False)

        assert ask(cast.anne, earlier="Eksemkrem")
