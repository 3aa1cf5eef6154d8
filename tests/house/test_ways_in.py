"""What must go through a higher room is called by nobody past it."""

import re

from tests.house import the_house

# People says on which days somebody works and the office is open; appointments takes the times of
# the other days away in the same action.
WITH_THEIR_TIMES = ("add_colleague", "change_days", "remove_member", "close_days")
OF_PEOPLE = re.compile(rf"\bpeople(?:_actions)?\.({'|'.join(WITH_THEIR_TIMES)})\(")
FROM_PEOPLE = re.compile(r"^from dialog\.people import (?:.*\b)?actions\b(?! as)", re.MULTILINE)
PLAIN = re.compile(rf"\bactions\.({'|'.join(WITH_THEIR_TIMES)})\b")


def past_appointments(text: str) -> bool:
    return bool(OF_PEOPLE.search(text) or (FROM_PEOPLE.search(text) and PLAIN.search(text)))


def test_nobodys_days_are_changed_without_their_times() -> None:
    past = {
        name
        for name, text in the_house.texts(".py")
        if name.startswith("dialog/") and past_appointments(text)
    }

    assert past == {"dialog/appointments/actions/at_work.py", "dialog/appointments/actions/days.py"}


def test_a_page_that_did_would_be_found() -> None:
    assert past_appointments("from dialog.people import actions\n\nsubmit(actions.change_days)")
    assert past_appointments("people.remove_member(by=by)")
    assert not past_appointments("from dialog.appointments import actions\n\nactions.change_days")
