"""Every constraint either becomes a sentence for a person, or says why nobody meets it."""

import re

from django.apps import apps

from tests.house import the_house

CONSTRAINTS = {
    one.name
    for config in apps.get_app_configs()
    if config.name.startswith("dialog.")
    for model in config.get_models()
    for one in model._meta.constraints
}
# Nobody can write these wrong: our own code does, or nobody. Meeting one is a fault of ours.
BY_ENDING = {
    "_known": "a word from a vocabulary of ours, checked before it is written",
    "_by_and_at": "who and when are written by one line of code",
}
OURS = "two columns that our own code writes together, or not at all"
CHECKED = "the action looks first, and says it at the field"
KEPT = "written with ON CONFLICT or get_or_create: the second time finds the first"
BY_NAME = {
    "address_one_for_each_practice": "the number before goes when another is given",
    "address_one_for_each_practitioner": "the number before goes when another is given",
    "affected_once": CHECKED,
    "affected_told_is_not_taken_out": CHECKED,
    "appointment_has_period_unless_proposed": OURS,
    "appointment_late_is_cancelled_so": OURS,
    "appointment_offered_until": OURS,
    "appointment_one_for_each_conversation": "each appointment begins its own conversation",
    "appointment_overbooked_has_reason": CHECKED,
    "appointment_pending_is_unconfirmed": OURS,
    "appointment_period_bounded": CHECKED,
    "appointment_proposed_holds_no_time": OURS,
    "appointment_type_has_length": CHECKED,
    "attempt_not_told_has_reason": OURS,
    "unusual_look_answered_when_asked": CHECKED,
    "unusual_look_not_judged_by_oneself": CHECKED,
    "unusual_look_open_once": "one relay at a time raises them, and looks for one that waits",
    "work_day_once": KEPT,
    "wrapping_key_current_once": "whoever comes second uses what the first one made",
    "attempt_once": KEPT,
    "attempt_queued_or_settled": OURS,
    "list_register_number_once": CHECKED,
    "blob_part_once": "a file is written once, by the store that numbers its parts",
    "breach_closed_at": OURS,
    "breach_drafted_once": CHECKED,
    "breach_notified_at": OURS,
    "breach_open_until_assessed": OURS,
    "busy_period_bounded": CHECKED,
    "calendar_entry_once": KEPT,
    "care_card_follow_up_on_and_owner": OURS,
    "closing_day_once": KEPT,
    "confirming_practice_once": KEPT,
    "conversation_closed_has_outcome": OURS,
    "conversation_redirected_is_closed_so": OURS,
    "conversation_with_practice_has_due_date": OURS,
    "delegation_once": KEPT,
    "delivery_once_per_subscriber": "owed once, in the statement that records the fact",
    "digital_consent_ended_by_and_at": OURS,
    "digital_consent_given_once": KEPT,
    "econsultation_charge_accepted": OURS,
    "econsultation_charge_within_accepted": "the price is worked out, never written by anybody",
    "econsultation_charged_when_completed": OURS,
    "econsultation_completed_by_one_responsible": OURS,
    "explanation_other_in_words": CHECKED,
    "list_look_once": KEPT,
    "log_search_about_one": OURS,
    "log_search_days_ordered": CHECKED,
    "message_hidden_at_and_because": OURS,
    "notification_choice_once": KEPT,
    "read_mark_once": KEPT,
    "reminder_once": KEPT,
    "own_access_given_once": KEPT,
    "register_answer_once": KEPT,
    "renewal_item_in_order": "numbered by the action that makes them all",
    "renewal_item_is_one_medicine": CHECKED,
    "renewal_item_refused_has_reason": CHECKED,
    "request_key_once": KEPT,
    "rights_request_one_at_a_time": CHECKED,
    "schedule_cancel_by_hours_or_days": OURS,
    "schedule_exception_begins_before_it_ends": CHECKED,
    "schedule_exception_days_bounded": CHECKED,
    "schedule_horizon_bounded": CHECKED,
    "schedule_one_for_each_practitioner": KEPT,
    "schedule_release_days_and_clock": OURS,
    "service_pause_period_ordered": CHECKED,
    "served_once": KEPT,
    "service_switch_once": KEPT,
    "slot_period_bounded": CHECKED,
    "slot_withdrawn_at_and_because": OURS,
    "task_done_or_called_off": OURS,
    "task_reminded_while_it_waits": OURS,
    "times_asked_answered_or_failed": OURS,
    "times_asked_days_bounded": OURS,
    "times_asked_once_at_a_time": KEPT,
    "transmission_once": "one message of a sender at a time, and the one before is looked for",
    "transmission_sent_once": "written down once for a fact, and sent as it was then",
    "transmission_stored_once": KEPT,
    "weekly_hours_begin_before_they_end": CHECKED,
    "weekly_hours_on_a_working_day": CHECKED,
    "weekly_hours_period_ordered": CHECKED,
    "weekly_hours_release_days_and_clock": OURS,
}


def caught():
    """The constraints that some action turns into a refusal with a sentence."""
    inside = re.compile(r"constraints\(([^)]*)\)")
    return {
        name
        for _file, source in the_house.texts(".py", under="dialog/")
        for words in inside.findall(source)
        for name in re.findall(r"(\w+)=[A-Z]", words)
    }


def test_each_has_a_sentence_or_a_reason():
    told = caught()
    ends = tuple(BY_ENDING)

    assert {
        one for one in CONSTRAINTS - told if not one.endswith(ends) and one not in BY_NAME
    } == set()


def test_no_reason_outlives_its_constraint():
    assert BY_NAME.keys() - CONSTRAINTS == set()
