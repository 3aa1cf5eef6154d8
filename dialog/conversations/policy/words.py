"""The vocabulary of a conversation: what it is, whose turn, how it ended, what it is about."""

from enum import StrEnum


class Kind(StrEnum):
    """The four services, and a question about the log, which is none (R219)."""

    APPOINTMENT = "appointment"
    RENEWAL = "renewal"
    ECONSULTATION = "econsultation"
    ENQUIRY = "enquiry"
    LOG_QUESTION = "log-question"


# What a patient chooses among, a doctor switches on and off, and a mandate names.
SERVICES = (Kind.APPOINTMENT, Kind.RENEWAL, Kind.ECONSULTATION, Kind.ENQUIRY)


class Status(StrEnum):
    """Whose turn it is."""

    WITH_PRACTICE = "with-practice"
    WITH_PATIENT = "with-patient"
    RESTING = "resting"
    CLOSED = "closed"


class Outcome(StrEnum):
    """How it ended."""

    ANSWERED = "answered"
    DECLINED = "declined"
    REDIRECTED = "redirected"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class Verb(StrEnum):
    """What can be done to a conversation."""

    REPLY = "reply"
    CLOSE = "close"
    REDIRECT = "redirect"
    WITHDRAW = "withdraw"
    REST = "rest"
    MOVE = "move"
    CANCEL = "cancel"
    EXPIRE = "expire"
    TAKE_ALONG = "take-along"
    RECALL = "recall"


class Feature(StrEnum):
    """What a doctor can switch on and off: the four services, and parts of each by itself."""

    APPOINTMENT = "appointment"
    DIRECT_BOOKING = "direct-booking"
    APPOINTMENT_YOUTH = "appointment-youth"
    RENEWAL = "renewal"
    RENEWAL_YOUTH = "renewal-youth"
    ECONSULTATION = "econsultation"
    ECONSULTATION_FILES = "econsultation-files"
    ECONSULTATION_YOUTH = "econsultation-youth"
    ENQUIRY = "enquiry"
    ENQUIRY_FILES = "enquiry-files"
    ENQUIRY_YOUTH = "enquiry-youth"
    OFFICE_REPLY = "office-reply"


class Topic(StrEnum):
    """What it is about, as far as a list may show it: never the patient's own words."""

    NONE = ""
    OPENING_HOURS = "opening-hours"
    INVOICE = "invoice"
    CERTIFICATE = "certificate"
    CHANGE_OF_APPOINTMENT = "change-of-appointment"
    LAB = "lab"
    ADDRESS = "address"
    FEE_COMPLAINT = "fee-complaint"
    OTHER = "other"
    SICK_NOTE = "sick-note"
    KNOWN_PROBLEM = "known-problem"
    NEW_PROBLEM = "new-problem"
    TEST_RESULT = "test-result"
    FOLLOW_UP = "follow-up"
    MEDICINE = "medicine"
    INFORMATION = "information"
    QUESTION = "question"
    CALL_IN = "call-in"
    FORM = "form"
    TASK = "task"


class FollowUpReason(StrEnum):
    """Why something waits for somebody at the practice."""

    AGREED = "agreed"
    NOT_READ = "not-read"
    NOT_DONE = "not-done"
    RIGHTS = "rights"


# The patient did not do what was asked: whoever lets it be says what was done instead.
UNANSWERED = frozenset({FollowUpReason.NOT_READ, FollowUpReason.NOT_DONE})


class PatientReply(StrEnum):
    """How freely the patient may write in a service."""

    FREE = "free"
    LIMITED = "limited"
    IF_ASKED = "if-asked"
