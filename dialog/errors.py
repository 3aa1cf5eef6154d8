"""Every way the domain says no, and which database constraint means which no."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class DialogError(Exception):
    """A refusal with a stable code, an HTTP status and a sentence for a person.

    The sentence says what happened and what to do; it never repeats what anybody wrote. ``field``
    names the form field it belongs to, where there is one.
    """

    code = "error"
    status = 400
    sentence: str | Promise = _("Noe gikk galt. Prøv igjen om litt.")

    def __init__(self, sentence: str | Promise = "", *, field: str = "") -> None:
        super().__init__(self.code)
        if sentence:
            self.sentence = sentence
        self.field = field


class NotFound(DialogError):
    """It is not there, or it is not yours; the two look the same."""

    code = "not-found"
    status = 404
    sentence = _("Vi finner ikke det du leter etter. Det kan være flyttet eller slettet.")


class NotAllowed(DialogError):
    """It is there and yours to see, but not yours to do."""

    code = "not-allowed"
    status = 403
    sentence = _("Du har ikke tilgang til å gjøre dette.")


class WrongState(DialogError):
    """Too late: somebody or something came first."""

    code = "wrong-state"
    status = 409
    sentence = _("Noe har endret seg siden du åpnet siden. Se hvordan det står til nå.")


class EndsItself(WrongState):
    """What it is about has not been decided, and nobody ends it before that."""

    sentence = _(
        "Saken kan ikke avsluttes slik. Den avsluttes av seg selv når det den gjelder, er avgjort."
    )


class SlotTaken(DialogError):
    """Another patient was a moment faster."""

    code = "slot-taken"
    status = 409
    sentence = _("Noen andre har akkurat tatt denne timen. Velg en av timene som er igjen.")


class SlotsOverlap(DialogError):
    """Two published times would cover the same minute."""

    code = "slots-overlap"
    status = 409
    sentence = _("Timene overlapper med timer som allerede er lagt ut.")


class AlreadyRequested(DialogError):
    """The same prescription twice in one request."""

    code = "already-requested"
    status = 409
    sentence = _("Denne resepten er allerede med.")


class AlreadyGoneOn(AlreadyRequested):
    """The same matter taken on twice to something that costs, from two windows."""

    code = "already-gone-on"
    sentence = _("Du har allerede gått videre med dette. Det ligger blant meldingene dine.")


class ServiceOff(DialogError):
    """The doctor has switched this service off."""

    code = "service-off"
    status = 422
    sentence = _(
        "Legekontoret tilbyr ikke denne tjenesten nå. Ring legekontoret hvis du trenger hjelp."
    )


class TooMany(DialogError):
    """More of the same in a day than an office can read; it protects the office (R210)."""

    code = "too-many"
    status = 429
    sentence = _(
        "Det er sendt mange slike til legekontoret det siste døgnet. Vent til i morgen, eller ring "
        "legekontoret hvis det ikke kan vente."
    )


class ConsentMissing(DialogError):
    """The patient is not a digital user yet, or no longer (R6)."""

    code = "consent-missing"
    status = 422
    sentence = _(
        "Ett ja mangler. Kryss av for at du vil være digital bruker, og send en gang til. Det du "
        "har skrevet, står her."
    )


class Unreachable(DialogError):
    """The patient does not read what is written here (R9)."""

    code = "unreachable"
    status = 422
    sentence = _("Pasienten kan ikke få meldinger her. Ring, eller send brev.")


class InvalidInput(DialogError):
    """What was sent cannot be used; the field says why."""

    code = "invalid"
    status = 422
    sentence = _("Noe mangler eller er feil utfylt.")


class PortError(DialogError):
    """The outside world did not do what we asked; ``permanent``: asking again will not help."""

    code = "unavailable"
    status = 503
    sentence = _("Tjenesten er ikke tilgjengelig akkurat nå. Prøv igjen om litt.")

    def __init__(self, sentence: str | Promise = "", *, permanent: bool = False) -> None:
        super().__init__(sentence)
        self.permanent = permanent


def broken_constraint(error: BaseException) -> str:
    """The name of the constraint a database error is about, or an empty string."""
    diagnostics = getattr(error.__cause__, "diag", None)
    return getattr(diagnostics, "constraint_name", None) or ""


@contextmanager
def constraints(**refusals: type[DialogError]) -> Iterator[None]:
    """Turn a named constraint's refusal into the error a person understands."""
    try:
        yield
    except IntegrityError as error:
        refusal = refusals.get(broken_constraint(error))
        if refusal is None:
            raise
        raise refusal from error
