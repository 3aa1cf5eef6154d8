"""What an e-consultation and an unused time cost, and a tariff file nobody should trust."""

from datetime import date, timedelta
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialog.conversations.tariff import (
    CEILING_CARD,
    UNDER_AGE,
    Price,
    TariffFault,
    highest_price,
    no_show_fee,
    patient_price,
    price,
    read,
)

FILE = (files("dialog.conversations") / "tariff.csv").read_text("utf-8")
FIRST_DAY = date(2021, 7, 1)
covered_days = st.dates(FIRST_DAY, date(2035, 12, 31))
ADULT = date(1980, 3, 15)


class TestPrice:
    @pytest.mark.parametrize(
        ("on", "specialist", "evening", "amount", "code"),
        [
            (date(2021, 7, 1), False, False, 160, "2ae"),
            (date(2022, 3, 1), False, True, 280, "2aek"),
            (date(2022, 3, 1), True, False, 212, "2ae"),
            (date(2023, 6, 30), True, True, 332, "2aek"),
            (date(2023, 7, 1), False, False, 170, "2ae"),
            (date(2024, 1, 1), False, True, 288, "2aek"),
            (date(2024, 1, 1), True, False, 224, "2ae"),
            (date(2024, 1, 1), True, True, 342, "2aek"),
        ],
    )
    def test_known_amounts(
        self, on: date, specialist: bool, evening: bool, amount: int, code: str
    ) -> None:
        found = price(on, specialist, evening)

        assert (found.amount, found.code) == (amount, code)

    def test_it_tells_since_when_and_whether_it_is_verified(self) -> None:
        found = price(date(2023, 12, 1), specialist=False, evening=False)

        assert found == Price(170, "2ae", date(2023, 7, 1), verified=True)

    def test_amounts_newer_than_any_list_we_have_seen_are_not_verified(self) -> None:
        assert not price(date(2026, 11, 23), specialist=False, evening=False).verified

    def test_where_offices_disagree_it_is_not_verified(self) -> None:
        assert not price(date(2024, 1, 1), specialist=True, evening=True).verified

    def test_a_day_before_the_first_row_is_a_loud_error(self) -> None:
        with pytest.raises(TariffFault, match="says nothing about 2ae on 2021-06-30"):
            price(FIRST_DAY - timedelta(days=1), specialist=False, evening=False)

    @given(on=covered_days, specialist=st.booleans())
    def test_the_highest_price_is_never_exceeded(self, on: date, specialist: bool) -> None:
        promised = highest_price(on, specialist)

        for evening in (False, True):
            assert price(on, specialist, evening).amount <= promised.amount

    @given(on=covered_days, specialist=st.booleans())
    def test_a_price_has_begun_on_the_day_it_is_used(self, on: date, specialist: bool) -> None:
        assert highest_price(on, specialist).valid_from <= on


class TestPatientPrice:
    def test_an_adult_is_told_the_highest_price(self) -> None:
        on = date(2024, 1, 1)

        assert patient_price(on, True, ADULT, ceiling_card=False) == highest_price(on, True)

    def test_the_day_before_the_birthday_it_is_free(self) -> None:
        found = patient_price(date(2024, 3, 14), False, date(2008, 3, 15), ceiling_card=False)

        assert (found.amount, found.code) == (0, UNDER_AGE)

    def test_on_the_birthday_it_costs(self) -> None:
        found = patient_price(date(2024, 3, 15), False, date(2008, 3, 15), ceiling_card=False)

        assert found.amount > 0

    def test_a_ceiling_card_makes_it_free(self) -> None:
        found = patient_price(date(2024, 1, 1), False, ADULT, ceiling_card=True)

        assert (found.amount, found.code) == (0, CEILING_CARD)

    def test_the_age_is_given_as_reason_even_with_a_card(self) -> None:
        found = patient_price(date(2024, 1, 1), False, date(2020, 1, 1), ceiling_card=True)

        assert found.code == UNDER_AGE

    def test_a_birth_date_to_come_is_a_loud_error(self) -> None:
        with pytest.raises(ValueError, match="born"):
            patient_price(date(2024, 1, 1), False, date(2024, 1, 2), ceiling_card=False)


class TestNoShowFee:
    @pytest.mark.parametrize(
        ("on", "specialist", "amount"),
        [
            (date(2022, 3, 1), False, 168),
            (date(2022, 3, 1), True, 273),
            (date(2024, 7, 1), False, 188),
            (date(2026, 11, 23), True, 304),
        ],
    )
    def test_known_amounts(self, on: date, specialist: bool, amount: int) -> None:
        assert no_show_fee(on, specialist).amount == amount


class TestFile:
    def test_our_own_file_is_whole(self) -> None:
        assert len(read(FILE)) == len(FILE.strip().splitlines()) - 1

    @pytest.mark.parametrize(
        ("find", "put", "complaint"),
        [
            ("code,qualification", "kode,qualification", "must begin with"),
            ("160,,2021", "160kr,,2021", "line 2 .* whole number"),
            ("160,,2021", "-160,,2021", "line 2 .* whole number"),
            ("160,,2021", ",,2021", "line 2 .* whole number"),
            ("160,,2021-07-01", "160,,01.07.2021", "line 2 "),
            ("L21 L26b,yes", "L21 L26b,maybe", "line 2 .*maybe"),
            ("L21 L26b,yes", ",yes", "line 2 .*where the amount is from"),
            ("L21 L26b,yes", "L21", "line 2 "),
            ("L21 L26b,yes", "L21 L26b,yes,", "line 2 .*beyond the last column"),
            ("2ae,ordinary,day", "2ax,ordinary,day", "line 2 .*unknown code"),
            ("2ae,ordinary,day", "2ae,ordinary,evening", "line 2 .*unknown code"),
            ("2ae,ordinary,day", "2ae,any,day", "line 2 .*unknown code"),
            ("160,,2021", "160,16,2021", "line 2 .*an age belongs"),
            ("0,16,2021", "0,,2021", "line 18 .*an age belongs"),
            ("288,,2024-07-01", "288,,2023-07-01", "two amounts"),
        ],
    )
    def test_a_malformed_file_is_a_loud_error(self, find: str, put: str, complaint: str) -> None:
        with pytest.raises(TariffFault, match=complaint):
            read(FILE.replace(find, put, 1))

    @pytest.mark.parametrize("code", ["2aek,specialist", "no-show,ordinary", "ceiling-card"])
    def test_a_file_that_lacks_a_kind_of_row_is_refused(self, code: str) -> None:
        kept = [line for line in FILE.splitlines() if not line.startswith(code)]

        with pytest.raises(TariffFault, match="lacks"):
            read("\n".join(kept))

    def test_an_empty_file_is_refused(self) -> None:
        with pytest.raises(TariffFault, match="must begin with"):
            read("")
