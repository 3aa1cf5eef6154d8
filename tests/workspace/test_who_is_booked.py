"""On the page of who works here: whose times patients choose themselves, and whose not."""

from datetime import date

from dialog import rows
from dialog.people import queries as people
from dialog.people.identity_number import synthetic
from tests.doors import post


class TestWhoIsBooked:
    def test_a_locum_comes_with_times_only_the_office_gives(self, as_lund, cast):
        post(
            as_lund,
            "/kontor/innstillinger/ansatte",
            name="Vera Vikar",
            identity_number=synthetic(date(1980, 2, 3)),
            role="practitioner",
            only_office="on",
        )

        page = as_lund.get("/kontor/innstillinger/ansatte").content.decode()
        vera = page[page.index("<strong>Vera Vikar") :]
        assert "Bare kontoret gir timer her" in vera[: vera.index("</li>")]

    def test_each_with_a_timebook_has_a_way_to_the_setting(self, as_siri, cast):
        with rows.seeing(practice=cast.siri.practice_id):
            lund = next(
                one for one in people.clinicians_of_practice(cast.siri) if one.name == "Ingrid Lund"
            )

        page = as_siri.get("/kontor/innstillinger/ansatte").content.decode()

        address = f"/kontor/innstillinger/timeboker/{lund.uuid}"
        assert address in page and "LIS1" in as_siri.get(address).content.decode()
