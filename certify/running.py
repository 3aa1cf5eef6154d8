"""Runs scenarios one after the other; what came too late or once too often is found afterwards."""

import logging
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from fnmatch import fnmatchcase

from certify import bad, booking, letters, once, people, waiting
from certify.portal import Portal
from certify.scenario import Away, Failed, Outcome, Result, Scenario, Unmet
from certify.terms import Patience, Sent, Vendor
from certify.trial import Trial, ourselves, receipts
from dialog.errors import PortError
from dialog.interop.building import NotProper
from dialog.interop.conditions import ProtectionError
from dialog.interop.profiles import Profile
from epj.patients import Patient
from epj.refusal import words_of
from epj.settings import Portal as Named

log = logging.getLogger(__name__)
AWAY = "The bus could not be reached."
EVERY: tuple[Scenario, ...] = (
    *waiting.SCENARIOS,
    *letters.SCENARIOS,
    *booking.SCENARIOS,
    *once.SCENARIOS,
    *bad.SCENARIOS,
    *people.SCENARIOS,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is run against whom, by whom, with which patients and how much patience."""

    portal: Portal
    named: Named
    vendor: Vendor
    patients: Sequence[Patient]
    patience: Patience
    with_people: bool
    tell: Callable[[str], None]


def chosen(only: Iterable[str]) -> tuple[Scenario, ...]:
    """The scenarios with these keys, * for any letters; all where none is said."""
    wanted = tuple(only) or ("*",)
    return tuple(one for one in EVERY if any(fnmatchcase(one.key, word) for word in wanted))


def run(plan: Plan, scenarios: Iterable[Scenario], told: Callable[[Result], None]) -> list[Result]:
    """Every scenario's result; ``told`` hears of each when it is over. Ctrl-C ends the run, and so
    does a bus that is away; what was left is said to be.
    """
    results: list[Result] = []
    left, why = list(scenarios), ""
    while left and not why:
        try:
            results.append(_run(plan, left[0]))
        except KeyboardInterrupt:
            why = "The run was stopped."
        else:
            left.pop(0)
            told(results[-1])
            why = AWAY if results[-1].bus_is_away else ""
    results += [_not_yet(one, why) for one in left]
    time.sleep(plan.patience.quiet)
    for result in results:
        if _look_again(plan.portal, result):
            told(result)
    return results


def _run(plan: Plan, scenario: Scenario) -> Result:
    trial = Trial(
        portal=plan.portal,
        vendor=plan.vendor,
        ourselves=ourselves(plan.named.name, plan.named.enterprise, plan.named.her_id),
        patients=plan.patients,
        patience=plan.patience,
        tell=plan.tell,
    )
    result = _not_yet(scenario)
    result.remarks = trial.remarks
    begun = time.monotonic()
    try:
        _must_be_met(plan, scenario)
        if scenario.person:
            plan.tell(f"{scenario.person} ({plan.patience.person:g} s for each)")
        result.came = scenario.play(trial)
        result.outcome = Outcome.PASSED
    except Unmet as unmet:
        result.came = str(unmet)
    except NotProper as error:
        result.came = f"What we were to send is no proper message: {error}"
    except Failed as failed:
        result.outcome = Outcome.FAILED
        result.expected, result.came, result.about = failed.expected, failed.came, failed.about
        result.bus_is_away = isinstance(failed, Away)
    except (PortError, ProtectionError) as error:
        result.outcome, result.came = Outcome.FAILED, words_of(error)
    except Exception as error:
        # One scenario may not take the others' report with it.
        log.exception("%s", scenario.key)
        result.outcome = Outcome.FAILED
        result.came = f"a fault of ours, {type(error).__name__}: please tell us"
    result.took, result.sent = time.monotonic() - begun, tuple(trial.sent)
    return result


def _not_yet(scenario: Scenario, why: str = "") -> Result:
    return Result(
        scenario=scenario,
        outcome=Outcome.NOT_RUN,
        expected=scenario.expects,
        came=why,
        begun=datetime.now(UTC),
    )


def _must_be_met(plan: Plan, scenario: Scenario) -> None:
    if scenario.person and not plan.with_people:
        raise Unmet("It needs a person, and was left out.")
    agreed = _agreed(plan)
    if agreed is None:
        return
    lacking = [one for one in scenario.uses if agreed.receives(*one) is None]
    if scenario.sends and not any(agreed.sends(*one) for one in scenario.sends):
        lacking += scenario.sends
    if lacking:
        said = ", ".join(f"{process} {name}" for process, name in lacking)
        raise Unmet(f"The agreement does not have {said}.")


def _agreed(plan: Plan) -> Profile | None:
    """What the vendor has agreed to; where nothing says that, everything is tried."""
    registry = plan.portal.post.registry
    agreement = registry.agreement(plan.portal.her_id, plan.vendor.her_id)
    found = agreement.of(plan.vendor.her_id) if agreement else None
    found = found or registry.profile(plan.vendor.her_id)
    return found if found and found.processes else None


def _look_again(portal: Portal, result: Result) -> bool:
    """What came after it was over, or twice; whether the result says something new."""
    if result.outcome is Outcome.FAILED and result.about is not None:
        late = _late(portal, result.about)
        if late and "receipt" in result.expected and result.came.startswith("nothing"):
            result.came = f"{result.came} in that time; it came after {late:.1f} s"
            return True
    if result.outcome is not Outcome.PASSED:
        return False
    for message_id in dict.fromkeys(one.id for one in result.sent):
        times = sum(one.id == message_id for one in result.sent)
        came = len(receipts(portal, message_id))
        if came > times:
            result.outcome, result.expected = Outcome.FAILED, "one receipt each time it is sent"
            result.came = f"{came} receipts for a message that was sent {_times(times)}"
            return True
    return False


def _late(portal: Portal, about: Sent) -> float:
    found = receipts(portal, about.id)
    return found[-1].at - about.at if found else 0.0


def _times(many: int) -> str:
    return "once" if many == 1 else f"{many} times"
