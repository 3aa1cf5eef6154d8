"""Identity numbers: only synthetic ones are written out, others worked out while the test runs."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialog.people.identity_number import (
    CHECKSUM,
    DATE,
    DIGITS,
    LENGTH,
    SENTENCES,
    NotAnIdentityNumber,
    parse,
    synthetic,
)

birth_dates = st.dates(date(1854, 1, 1), date(2039, 12, 31))


def completed(first_nine: str) -> str | None:
    """Control digits found by trying all hundred, against the rule as two sums that vanish."""
    for k1, k2 in product(range(10), repeat=2):
        digits = [*map(int, first_nine), k1, k2]
        sums = ((3, 7, 6, 1, 8, 9, 4, 5, 2, 1, 0), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1))
        if all(sum(a * b for a, b in zip(digits, w, strict=True)) % 11 == 0 for w in sums):
            return f"{first_nine}{k1}{k2}"
    return None


def number(day: int, month: int, year: int, individuals: range = range(500)) -> str:
    """The first valid number with these digits in front."""
    tries = (completed(f"{day:02}{month:02}{year % 100:02}{n:03}") for n in individuals)
    return next(found for found in tries if found)


def code_of(text: str) -> str:
    with pytest.raises(NotAnIdentityNumber) as refused:
        parse(text)
    return refused.value.code


class TestParse:
    def test_a_synthetic_number_gives_its_birth_date(self) -> None:
        found = parse(number(15, 83, 1980))

        assert (found.birth_date, found.synthetic) == (date(1980, 3, 15), True)

    def test_the_other_synthetic_series_is_recognised(self) -> None:
        found = parse(number(15, 68, 1980))

        assert (found.birth_date, found.synthetic) == (date(1980, 3, 15), True)

    def test_an_ordinary_number_is_not_synthetic(self) -> None:
        found = parse(number(15, 3, 1980))

        assert (found.birth_date, found.synthetic) == (date(1980, 3, 15), False)

    def test_a_d_number_has_forty_added_to_the_day(self) -> None:
        found = parse(number(55, 83, 1980))

        assert (found.birth_date, found.d_number) == (date(1980, 3, 15), True)

    def test_spaces_do_not_matter(self) -> None:
        value = number(15, 83, 1980)

        assert parse(f" {value[:6]} {value[6:]}\u00a0\n").value == value

    @pytest.mark.parametrize("between", ["-", " - ", "\u2013", "\u2011"])
    def test_nor_does_a_hyphen_after_the_date(self, between: str) -> None:
        value = number(15, 83, 1980)

        assert parse(f"{value[:6]}{between}{value[6:]}").value == value

    @pytest.mark.parametrize(
        ("two_digits", "individuals", "year"),
        [
            (0, range(500), 1900),
            (99, range(500), 1999),
            (54, range(500, 750), 1854),
            (99, range(500, 750), 1899),
            (0, range(500, 750), 2000),
            (39, range(750, 900), 2039),
            (39, range(900, 1000), 2039),
            (40, range(900, 1000), 1940),
            (99, range(900, 1000), 1999),
        ],
    )
    def test_the_three_middle_digits_tell_the_century(
        self, two_digits: int, individuals: range, year: int
    ) -> None:
        assert parse(number(1, 81, two_digits, individuals)).birth_date.year == year

    @pytest.mark.parametrize(
        ("two_digits", "individuals"),
        [(40, range(500, 750)), (53, range(750, 900)), (54, range(750, 900))],
    )
    def test_digits_no_century_uses_are_refused(self, two_digits: int, individuals: range) -> None:
        assert code_of(number(1, 81, two_digits, individuals)) == DATE

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("", LENGTH),
            ("   ", LENGTH),
            ("1583800001", LENGTH),
            ("158380000123", LENGTH),
            ("15838O00012", DIGITS),
            ("158380--00012", DIGITS),
            ("15838-000012", DIGITS),
            ("-15838000012", DIGITS),
            ("15838000012-", DIGITS),
            ("158380/00012", DIGITS),
            ("-", DIGITS),
            ("-00012", LENGTH),
            ("١٥٨٣٨٠٠٠٠١٢", DIGITS),
            ("1583800001²", DIGITS),
        ],
    )
    def test_what_is_not_eleven_digits_is_refused(self, text: str, code: str) -> None:
        assert code_of(text) == code

    @pytest.mark.parametrize(
        ("day", "month"), [(0, 81), (32, 81), (29, 82), (31, 84), (40, 81), (72, 81), (80, 81),
                           (1, 0), (1, 13), (1, 41), (1, 52), (1, 65), (1, 78), (1, 80), (1, 93)]
    )  # fmt: skip
    def test_a_date_that_does_not_exist_is_refused(self, day: int, month: int) -> None:
        assert code_of(number(day, month, 1981)) == DATE

    def test_a_leap_day_is_a_date_only_in_a_leap_year(self) -> None:
        assert parse(number(29, 82, 2000, range(500, 1000))).birth_date == date(2000, 2, 29)
        assert code_of(number(29, 82, 1900)) == DATE

    @given(born=birth_dates, serial=st.integers(0, 50), at=st.integers(0, 10), by=st.integers(1, 9))
    def test_one_wrong_digit_is_always_found(
        self, born: date, serial: int, at: int, by: int
    ) -> None:
        right = synthetic(born, serial)
        wrong = right[:at] + str((int(right[at]) + by) % 10) + right[at + 1 :]

        with pytest.raises(NotAnIdentityNumber):
            parse(wrong)

    @given(st.text(max_size=20))
    def test_any_text_is_a_number_or_refused(self, text: str) -> None:
        try:
            value = parse(text).value
        except NotAnIdentityNumber as refused:
            assert refused.code in SENTENCES
        else:
            assert len(value) == 11

    def test_a_refusal_never_repeats_the_number(self) -> None:
        right = number(15, 83, 1980)
        wrong = right[:-1] + str((int(right[-1]) + 1) % 10)

        with pytest.raises(ValueError, match=CHECKSUM) as refused:
            parse(wrong)

        assert wrong not in repr(refused.value)


class TestShown:
    def test_it_is_masked_after_the_birth_date(self) -> None:
        assert parse(number(15, 83, 1980)).masked == "150380 *****"

    def test_neither_printing_nor_a_traceback_shows_the_number(self) -> None:
        found = parse(number(15, 83, 1980))

        assert found.value not in f"{found} {found!r} {[found]}"


class TestSynthetic:
    @given(born=birth_dates, serial=st.integers(0, 150))
    def test_it_is_a_valid_synthetic_number_for_that_birth_date(
        self, born: date, serial: int
    ) -> None:
        found = parse(synthetic(born, serial))

        assert (found.birth_date, found.synthetic, found.d_number) == (born, True, False)

    @pytest.mark.parametrize("year", [1854, 1900, 1939, 1940, 1999, 2000, 2039])
    def test_every_serial_of_a_day_is_a_number_of_its_own(self, year: int) -> None:
        numbers = {synthetic(date(year, 6, 1), serial) for serial in range(60)}

        assert len(numbers) == 60

    def test_it_agrees_with_control_digits_found_by_trying(self) -> None:
        found = synthetic(date(1980, 3, 15))

        assert completed(found[:9]) == found

    def test_a_day_runs_out_of_numbers(self) -> None:
        with pytest.raises(ValueError, match="no more"):
            synthetic(date(1980, 6, 1), 600)

    @pytest.mark.parametrize("year", [1853, 2040])
    def test_outside_the_years_of_the_series_there_are_none(self, year: int) -> None:
        with pytest.raises(ValueError, match="no more"):
            synthetic(date(year, 1, 1))
