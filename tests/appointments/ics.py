"""Calendar files as an office's program might write them."""

from datetime import UTC, datetime

from dialog.appointments.calendar_file import Busy, busy_periods
from dialog.working_days import OSLO

SINCE = datetime(2026, 1, 1, tzinfo=UTC)
UNTIL = datetime(2027, 1, 1, tzinfo=UTC)
MONDAY = "20261123"
# Outlook's own words for Central European time, under a name that says nothing.
CUSTOMIZED = (
    "BEGIN:VTIMEZONE", "TZID:Customized Time Zone",
    "BEGIN:STANDARD", "DTSTART:16010101T030000", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100",
    "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", "END:STANDARD",
    "BEGIN:DAYLIGHT", "DTSTART:16010101T020000", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200",
    "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3", "END:DAYLIGHT",
    "END:VTIMEZONE",
)  # fmt: skip


def event(*lines: str) -> tuple[str, ...]:
    return ("BEGIN:VEVENT", *lines, "END:VEVENT")


def ics(*lines: str, newline: str = "\r\n") -> bytes:
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//NO")
    return newline.join([*head, *lines, "END:VCALENDAR", ""]).encode()


def busy(*lines: str, since: datetime = SINCE, until: datetime = UNTIL) -> list[Busy]:
    return busy_periods(ics(*lines), since=since, until=until)


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=OSLO)


def oslo(period: Busy) -> str:
    starts, ends = period.starts.astimezone(OSLO), period.ends.astimezone(OSLO)
    return f"{starts:%m-%d %H:%M}-{ends:%H:%M}"
