"""Asking for a time in words, with the days and times that suit."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialog.actor import Actor
from dialog.appointments import actions, queries, texts
from dialog.appointments.policy import APPOINTMENT, DayPart, MeetingType
from dialog.people import queries as people
from dialog.portal.left_behind import ends_where
from dialog.portal.times import back_to_free, carried, uuid_from
from dialog.portal.words_along import make_room
from dialog.ui import dates, fields
from dialog.ui.acting import acting
from dialog.ui.forms import Form, show, submit

WEEK = range(5)
GOING_ON = "videre"


class DaysAndTimes(Form):
    """The days and times that suit."""

    weekdays = fields.Choices(
        label=gettext_lazy("Dager som passer"),
        help_text=gettext_lazy("La stå tomt hvis alle dager passer."),
        required=False,
        short=True,
    )
    parts = fields.Choices(
        label=gettext_lazy("Tid på dagen som passer"),
        choices=[(str(one), texts.DAY_PART[one]) for one in DayPart],
        required=False,
    )

    def name_days(self) -> None:
        """Weekdays in the reader's language."""
        self.fields["weekdays"].choices = [  # type: ignore[attr-defined]  # a Choices field
            (str(number), dates.weekday_named(number).capitalize()) for number in WEEK
        ]

    def clean_weekdays(self) -> tuple[int, ...]:
        """Days as numbers, Monday is 0."""
        return tuple(int(one) for one in self.cleaned_data["weekdays"])

    def clean_parts(self) -> tuple[DayPart, ...]:
        """Parts of the day."""
        return tuple(DayPart(one) for one in self.cleaned_data["parts"])


class WishForm(DaysAndTimes):
    """What one needs, with whom, and when it suits."""

    text = fields.Words(
        label=gettext_lazy("Hva trenger du time til?"),
        help_text=gettext_lazy(
            "Skriv kort, og si hvor lenge det kan vente. Trenger du tolk, si fra."
        ),
        max_length=APPOINTMENT.longest,
        rows=4,
    )
    meeting = fields.Select(label=gettext_lazy("Hva slags time"), required=False)
    practitioner = fields.Select(label=gettext_lazy("Hos hvem"), required=False)
    earliest = fields.Day(label=gettext_lazy("Tidligst"), required=False)
    latest = fields.Day(label=gettext_lazy("Senest"), required=False)

    field_order = (
        "text",
        "meeting",
        "practitioner",
        "weekdays",
        "parts",
        "earliest",
        "latest",
    )

    def choose_among(self, door: queries.Door) -> None:
        """Offer only what this office has."""
        self.name_days()
        self.fields["meeting"].choices = [  # type: ignore[attr-defined]  # a Select field
            ("", _("Det som passer best")),
            *((str(one), str(texts.MEETING[one])) for one in door.meetings),
        ]
        self.fields["practitioner"].choices = [  # type: ignore[attr-defined]  # a Select field
            ("", _("Hvem som helst på kontoret")),
            *((str(one.uuid), one.name) for one in people.clinicians_for_list(door.owner.list_id)),
        ]

    def clean_meeting(self) -> MeetingType | None:
        """One of the ways to meet, or whatever suits."""
        chosen = self.cleaned_data["meeting"]
        return MeetingType(chosen) if chosen else None

    def clean_practitioner(self) -> object:
        """Whom to meet, or anybody."""
        return uuid_from(self.cleaned_data["practitioner"])


def wish(request: HttpRequest) -> HttpResponse:
    """Ask for a time in words; the office answers with a proposal (R61)."""
    by = acting(request)
    door = queries.booking_door(by)
    source, words = carried(by, request)
    sent = request.method == "POST" and GOING_ON not in request.POST
    form = WishForm(request.POST if sent else None, initial=_wished_before(by, source))
    make_room(form, words, to_the_office=True)
    form.choose_among(door)
    if sent:
        act = partial(actions.request_appointment, by=by, continues_id=source)
        wished = submit(form, act)
        if wished is not None:
            return redirect("portal:thread", wished.conversation_id)
    elif not door.asking:
        return redirect(back_to_free(source))
    elif GOING_ON in request.POST:
        # A time was lost to somebody faster: what was written about it stays, out of the address.
        form.fields["text"].initial = request.POST.get("text", "")
    return show(
        request,
        "portal/appointments/wish.html",
        form,
        door=door,
        source=source or "",
        ends_where=ends_where(by, source),
        back_to=back_to_free(source),
    )


def _wished_before(by: Actor, source: UUID | None) -> dict[str, object]:
    """The days and times of the wish it goes on from, so that nothing is chosen again."""
    before = queries.appointment_in(by, source) if source else None
    if before is None:
        return {}
    wish, today = before.wish, people.today()
    return {
        "meeting": wish.meeting or "",
        "weekdays": [str(one) for one in sorted(wish.weekdays)],
        "parts": [str(one) for one in sorted(wish.parts)],
        "earliest": wish.earliest if wish.earliest and wish.earliest > today else None,
        "latest": wish.latest if wish.latest and wish.latest >= today else None,
    }
