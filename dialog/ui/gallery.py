"""Every component in every state on one page, for those who build and those who judge the look."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse

from dialog.errors import InvalidInput, SlotTaken
from dialog.ui import fields
from dialog.ui.context import Around
from dialog.ui.forms import Form, show
from dialog.ui.parts import (
    Bubble,
    DayOfTimes,
    Fact,
    FileLine,
    Lane,
    Link,
    Price,
    Row,
    Step,
    TimeButton,
)

OSLO = ZoneInfo("Europe/Oslo")
MAY_15 = datetime(2025, 5, 15, 9, 20, tzinfo=OSLO)
AROUND = Around(
    reader="Kari Nordmann",
    acting_for="Ola Nordmann",
    office="Storgata legesenter",
    office_phone="22 00 00 00",
    switch="#bytt",
    settings="#innstillinger",
    menu=(("/galleri", "Galleri"), ("#timer", "Timer"), ("#meldinger", "Meldinger")),
)


class Example(Form):
    """One of each field."""

    reason = fields.Words(
        label="Hva gjelder det?",
        help_text="Skriv kort. Legen leser dette før timen.",
        max_length=500,
    )
    way = fields.Choice(
        label="Hvordan vil du møte legen?",
        choices=fields.options(
            (
                ("office", "På legekontoret", "20 minutter"),
                ("phone", "På telefon", "Legen ringer deg, 10 minutter"),
                ("video", "På video", ""),
            )
        ),
    )
    days = fields.Choices(
        label="Hvilke dager passer?",
        required=False,
        short=True,
        choices=[("mon", "Mandag"), ("tue", "Tirsdag"), ("wed", "Onsdag")],
    )
    topic = fields.Select(
        label="Tema",
        choices=[("", "Velg tema"), ("bill", "Regning"), ("lab", "Prøver")],
    )
    phone = fields.Phone(label="Mobilnummer", help_text="Åtte siffer.")
    email = fields.Email(label="E-post", required=False)
    on = fields.Day(label="Dato")
    at = fields.Clock(label="Klokkeslett")
    amount = fields.Amount(label="Beløp i kroner", required=False)
    pictures = fields.Files(label="Bilder eller PDF", help_text="Ta gjerne bildet i dagslys.")
    price = fields.Check(label="Jeg godtar prisen", required=True)


def _refused() -> Example:
    form = Example(
        {"reason": "Vondt i kneet. " * 40, "phone": "123", "on": "31.02.2025"}, auto_id="feil_%s"
    )
    files = form.fields["pictures"]
    if isinstance(files, fields.Files):
        files.kept = [("a1", FileLine(href="#", name="kne.jpg", size=1_240_000))]
    form.is_valid()
    form.refuse(InvalidInput("Skriv et norsk mobilnummer.", field="phone"))
    return form


def _taken() -> Form:
    form = Form({})
    form.is_valid()
    form.refuse(SlotTaken())
    return form


def _bubbles() -> list[Bubble]:
    later = MAY_15 + timedelta(hours=4)
    picture = FileLine(href="#", name="utslett.jpg", size=840_000)
    return [
        Bubble(
            id="1",
            author="Du",
            at=MAY_15,
            mine=True,
            text="Hei! Jeg har fått et utslett på armen.\n\nDet klør mest om kvelden.",
            files=[picture],
            opened_at=later,
        ),
        Bubble(
            id="2",
            author="Dr. Anne Lund",
            role="fastlege",
            at=later,
            text="Takk for bildet. Bruk kremen to ganger om dagen i en uke.",
            important=True,
        ),
        Bubble(
            id="3", author="Siri", role="helsesekretær", at=later, text="Ring henne.", internal=True
        ),
        Bubble(id="4", author="Du", at=later, mine=True, text="", recalled=True),
    ]


def _days() -> list[DayOfTimes]:
    times = [
        TimeButton(
            value=str(n),
            at=MAY_15 + timedelta(minutes=20 * n),
            label="Dr. Anne Lund",
            note="telefon" if n == 2 else "",
        )
        for n in range(6)
    ]
    return [
        DayOfTimes(on=date(2025, 5, 15), times=times),
        DayOfTimes(on=date(2025, 5, 16), times=times[:2]),
        DayOfTimes(on=date(2025, 5, 17), text="Stengt: 17. mai"),
    ]


def _pieces() -> dict[str, Any]:
    return {
        "links": [
            Link(
                href="#",
                title="Bestille time",
                text="Møte legen, på kontoret eller video",
                icon="calendar",
            ),
            Link(href="#", title="Fornye resept", text="Medisin du bruker fast", icon="pill"),
            Link(
                href="#",
                title="Spørre legen",
                text="Medisinske spørsmål",
                icon="doctor",
                label="fra 200 kr",
            ),
            Link(
                href="#",
                title="Kontakte legekontoret",
                text="Praktiske spørsmål, gratis",
                icon="chat",
            ),
        ],
        "steps": [
            Step(title="Sendt", at=MAY_15),
            Step(title="Lest av legen", at=MAY_15 + timedelta(hours=3)),
            Step(title="Legen svarer", text="Svar senest torsdag 22. mai.", state="now"),
            Step(title="Avsluttet", state="next"),
        ],
        "stopped": [
            Step(title="Sendt", at=MAY_15),
            Step(title="Avslått", text="Legen vil se deg på kontoret.", state="stopped"),
        ],
        "price": Price(
            amount=380, why="Du betaler ikke hvis du har frikort.", lines=[("E-konsultasjon", 380)]
        ),
        "facts": [Fact(name="Lege", value="Anne Lund"), Fact(name="Hvor", value="Storgata 1")],
        "rows": [
            Row(
                href="#",
                title="Kari Nordmann",
                preview="Hei! Jeg har fått et utslett på armen, det klør mest om kvelden",
                label="E-konsultasjon",
                color="info",
                due="Svar i dag",
                late=True,
                unread=True,
                important=True,
            ),
            Row(
                href="#",
                title="Per Hansen",
                preview="Kan jeg flytte timen?",
                label="Henvendelse",
                due="Svar innen tor. 22. mai",
                owner="Siri",
            ),
        ],
        "bubbles": _bubbles(),
        "days": _days(),
        "page": Paginator(range(100), 10).page(3),
        "when": MAY_15,
    }


class Agree(Form):
    """What one is asked once more."""

    price = fields.Check(label="Jeg godtar prisen", required=True)


def gallery(request: HttpRequest) -> HttpResponse:
    """The portal's pieces; ``?side=kontor`` shows the office's, ``?side=bekreft`` a question."""
    request.around = AROUND  # type: ignore[attr-defined]  # read by the frame of the page
    side = request.GET.get("side")
    return confirmation(request) if side == "bekreft" else pieces(request, office=side == "kontor")


def confirmation(request: HttpRequest) -> HttpResponse:
    """A page that asks once more, with what it is about and what it costs."""
    return show(
        request,
        "ui/confirm.html",
        Agree(request.POST or None),
        heading="Send som e-konsultasjon?",
        sentences=["Legen leser det du skrev, og svarer senest torsdag 22. mai."],
        facts=[Fact(name="Til", value="Dr. Anne Lund"), Fact(name="Vedlegg", value="utslett.jpg")],
        price=Price(amount=380, why="Du betaler ikke hvis du har frikort."),
        yes="Send",
        no="Ikke send",
        no_href="/galleri",
    )


def pieces(request: HttpRequest, *, office: bool) -> HttpResponse:
    """Every component, in the frame of the portal or of the office."""
    lanes = [
        Lane(href="?side=kontor", title="Nye", count=12, here=True, color="accent"),
        Lane(href="#", title="Haster", count=2, color="danger"),
        Lane(href="#", title="Venter på pasient", count=31),
    ]
    return show(
        request,
        "ui/gallery.html",
        example=Example(),
        refused=_refused(),
        taken=_taken(),
        layout="ui/workspace_page.html" if office else "ui/portal_page.html",
        lanes=lanes if office else (),
        back_to="/",
        **_pieces(),
    )
