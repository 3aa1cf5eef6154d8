"""On which days Nina, the nurse, works at Storgata, and on which she has times."""

from datetime import date

from dialog.appointments import actions
from dialog.demo.cast import Cast
from dialog.working_days import oslo_day
from tests.appointments.people_and_times import free

NINA = "Nina Vik"


def days(cast: Cast) -> set[date]:
    """On which days a patient may take a time with her."""
    return {oslo_day(one.starts) for one in free(cast.kari, doctor=NINA)}


def change(cast: Cast, last: date | None) -> int:
    """Dr Lund says until when she works here."""
    return actions.change_days(by=cast.lund, account_id=cast.nina.account, last=last)
