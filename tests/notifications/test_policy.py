"""When an SMS goes out, which of two, and how long it may be."""

from datetime import date, datetime, timedelta

import pytest
from django.conf import settings

from dialog.notifications import texts
from dialog.notifications.policy import (
    RULES,
    News,
    outranks,
    parents_are_told,
    send_at,
    too_late,
)
from dialog.people.numbers import mobile
from dialog.working_days import OSLO
from tests.notifications.phone_network import segments

DAY = datetime(2026, 3, 11, tzinfo=OSLO)
# A Wednesday in September with two digits everywhere: the longest a time gets.
LONGEST = datetime(2029, 9, 26, 20, 50, tzinfo=OSLO)


def at(hour: int, minute: int = 0, *, days: int = 0) -> datetime:
    return DAY.replace(hour=hour, minute=minute) + timedelta(days=days)


class TestSendAt:
    def test_a_message_waits_a_moment_for_more_of_the_same(self) -> None:
        made = at(12)

        ready = send_at(News.MESSAGE, made=made, now=made, starts=None)

        assert ready == made + timedelta(seconds=30)
        assert send_at(News.MESSAGE, made=made, now=ready, starts=None) == ready

    @pytest.mark.parametrize(
        ("now", "expected"),
        [
            (at(20, 59), at(20, 59)),
            (at(21), at(7, days=1)),
            (at(23, 30), at(7, days=1)),
            (at(3), at(7)),
            (at(6, 59), at(7)),
            (at(7), at(7)),
        ],
    )
    def test_nothing_is_sent_at_night(self, now: datetime, expected: datetime) -> None:
        made = now - timedelta(hours=1)

        assert send_at(News.MESSAGE, made=made, now=now, starts=None) == expected

    @pytest.mark.parametrize(
        ("starts", "told_at_once"), [(at(8), True), (at(8, 59), True), (at(9), False)]
    )
    def test_a_change_before_one_could_read_of_it_is_told_at_night(
        self, starts: datetime, told_at_once: bool
    ) -> None:
        night = at(23, days=-1)

        sent = send_at(News.CANCELLED, made=night, now=night, starts=starts)

        assert (sent == night) is told_at_once

    def test_a_reminder_never_breaks_the_night(self) -> None:
        night = at(5)

        assert send_at(News.REMINDER, made=night, now=night, starts=at(8)) == at(7)

    def test_the_night_the_clocks_change_ends_at_seven_on_the_wall(self) -> None:
        night = datetime(2026, 3, 28, 22, tzinfo=OSLO)

        morning = send_at(News.UNREAD, made=night, now=night, starts=None)

        assert morning.astimezone(OSLO).isoformat() == "2026-03-29T07:00:00+02:00"


class TestTooLate:
    def test_a_time_that_has_begun_is_not_reminded_of(self) -> None:
        assert too_late(News.REMINDER, made=at(7), now=at(9), starts=at(9))

    def test_a_cancellation_is_told_also_after_the_time(self) -> None:
        assert not too_late(News.CANCELLED, made=at(8, 59), now=at(9, 1), starts=at(9))

    def test_what_has_lain_for_two_days_is_not_news(self) -> None:
        assert too_late(News.MESSAGE, made=at(7), now=at(20, days=1), starts=None)


class TestOutranks:
    def test_a_time_is_told_rather_than_the_message_beside_it(self) -> None:
        assert outranks(News.BOOKED, News.MESSAGE)
        assert not outranks(News.MESSAGE, News.BOOKED)

    def test_the_newest_of_two_alike_is_told(self) -> None:
        assert outranks(News.MOVED, News.BOOKED)
        assert outranks(News.MESSAGE, News.MESSAGE)


class TestParentsAreTold:
    def test_until_the_sixteenth_birthday(self) -> None:
        assert parents_are_told(date(2010, 3, 12), date(2026, 3, 11))
        assert not parents_are_told(date(2010, 3, 11), date(2026, 3, 11))


class TestSentence:
    @pytest.mark.parametrize("language", [code for code, _ in settings.LANGUAGES])
    @pytest.mark.parametrize("for_another", [False, True])
    @pytest.mark.parametrize("news", list(News))
    def test_every_sms_is_one_segment_without_a_link(
        self, news: News, for_another: bool, language: str
    ) -> None:
        text = texts.sentence(news, language=language, starts=LONGEST, for_another=for_another)

        assert segments(text) == 1
        assert "%" not in text
        assert "http" not in text and "www" not in text and ".no" not in text

    @pytest.mark.parametrize("language", [code for code, _ in settings.LANGUAGES])
    @pytest.mark.parametrize("for_another", [False, True])
    @pytest.mark.parametrize("news", list(News))
    def test_no_sms_says_what_it_is_about_or_with_whom(
        self, news: News, for_another: bool, language: str
    ) -> None:
        text = texts.sentence(news, language=language, starts=LONGEST, for_another=for_another)

        revealing = (
            *("resept", "medisin", "e-konsult", "fastlege", "sykepl", "prøve", "lab", "sykdom"),
            *("prescri", "medicine", "consult", "nurse", "test", "illness", "barn", "child"),
        )
        assert not [word for word in revealing if word in text.lower()]

    def test_every_news_has_a_rule_and_words(self) -> None:
        assert set(RULES) == set(texts.TO_ONESELF) == set(texts.FOR_ANOTHER) == set(texts.NEWS)
        assert set(texts.TO_ONESELF) == set(News)


class TestSegments:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("a" * 160, 1),
            ("a" * 161, 2),
            ("€" * 80, 1),
            ("€" * 81, 2),
            ("č" * 70, 1),
            ("č" * 71, 2),
            ("å" * 160, 1),
            ("a\u00a0" * 36, 2),
        ],
    )
    def test_counts_as_the_phone_network_does(self, text: str, expected: int) -> None:
        assert segments(text) == expected


class TestMobile:
    @pytest.mark.parametrize(
        ("written", "expected"),
        [
            ("99 90 00 01", "+4799900001"),
            ("+47 412 34 567", "+4741234567"),
            ("004799900001", "+4799900001"),
            ("22 33 44 55", ""),
            ("", ""),
            ("ring meg", ""),
            ("113", ""),
        ],
    )
    def test_only_a_number_that_takes_sms(self, written: str, expected: str) -> None:
        assert mobile(written) == expected
