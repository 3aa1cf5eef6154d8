"""When people do things: patients by day and in the evening, the office while it is open."""

from datetime import datetime, time, timedelta
from random import Random

from dialog.working_days import OSLO, add_working_days, is_working_day, local, oslo_day

UP, TO_BED = time(7), time(22, 30)
OPENS, CLOSES = time(8), time(15, 20)
A_MINUTE = timedelta(minutes=1)


def at_home(chance: Random, since: datetime, hours: float) -> datetime:
    """A moment within so many hours, when people are awake."""
    moment = since + timedelta(hours=chance.uniform(0.02, hours))
    clock, day = moment.astimezone(OSLO).time(), oslo_day(moment)
    if clock < UP:
        return max(since, local(day, UP)) + chance.randint(1, 180) * A_MINUTE
    if clock > TO_BED:
        return local(day + timedelta(days=1), UP) + chance.randint(1, 180) * A_MINUTE
    return moment


def at_work(chance: Random, since: datetime, hours: float) -> datetime:
    """A moment within so many hours, or when the office opens next."""
    moment = since + timedelta(hours=chance.uniform(0.02, hours))
    clock, day = moment.astimezone(OSLO).time(), oslo_day(moment)
    if is_working_day(day) and OPENS <= clock <= CLOSES:
        return moment
    if not (is_working_day(day) and clock < OPENS):
        day = add_working_days(day, 1)
    return max(since, local(day, OPENS)) + chance.randint(1, 200) * A_MINUTE
