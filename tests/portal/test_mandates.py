"""The page Fullmakter: giving, reading and ending."""

from django.urls import reverse

from dialog.actor import Area
from dialog.demo.who import number
from dialog.people import actions
from dialog.people.policy import ProxyKind
from tests.doors import post, signed_in
from tests.people.on_lists import young_patient

LIST, GIVE = reverse("portal:mandates"), reverse("portal:mandate_give")


def words(answer):
    return answer.content.decode()


def given(cast, **more):
    return actions.grant_proxy(
        by=cast.kari,
        patient_id=cast.kari.patient,
        account_id=cast.per.account,
        kind=ProxyKind.MANDATE,
        **more,
    )


def end_of(proxy):
    return reverse("portal:mandate_end", args=[proxy.uuid])


class TestGiving:
    def test_one_gives_and_both_read_it(self, cast, as_kari, as_per):
        sent = post(
            as_kari,
            GIVE,
            identity_number=number("per"),
            family_name="Hansen",
            areas=["renewal", "enquiry"],
            last="",
        )

        assert sent.headers["Location"] == f"{LIST}?lagret=gitt"
        page = words(as_kari.get(sent.headers["Location"]))
        assert "Per Hansen" in page
        assert "Fullmakt: Forny resept, Kontakt legekontoret" in page
        assert "Kari Nordmann" in words(as_per.get(LIST))

    def test_what_is_wrong_is_said_and_nothing_is_lost(self, as_kari):
        sent = post(as_kari, GIVE, identity_number=number("per"), family_name="Hansson", last="")

        page = words(sent)
        assert sent.status_code == 422
        assert 'value="Hansson"' in page
        assert number("per") in page

    def test_the_young_and_who_acts_for_another_are_told_why_not(self, cast, as_kari_for_ola):
        ung = signed_in(young_patient(cast))

        assert "når du har fylt 16 år" in words(ung.get(LIST))
        assert ung.get(GIVE).headers["Location"] == LIST
        assert "Bytt til deg selv først" in words(as_kari_for_ola.get(LIST))
        assert as_kari_for_ola.get(GIVE).headers["Location"] == LIST


class TestEnding:
    def test_either_side_ends_it_after_a_question(self, cast, as_kari, as_per):
        for client in (as_kari, as_per):
            proxy = given(cast, areas=[Area.RENEWAL])

            assert "Vil du avslutte fullmakten?" in words(client.get(end_of(proxy)))
            ended = post(client, end_of(proxy))

            assert ended.headers["Location"] == f"{LIST}?lagret=avsluttet"
            assert end_of(proxy) not in words(client.get(LIST))

    def test_a_stranger_finds_nothing(self, cast, as_bjarne):
        proxy = given(cast)

        assert as_bjarne.get(end_of(proxy)).status_code == 404
        assert post(as_bjarne, end_of(proxy)).status_code == 404

    def test_nor_is_a_parents_right_ended_here(self, cast, as_kari):
        page = words(as_kari.get(LIST))

        assert "Ola Nordmann" in page
        assert "/slutt" not in page
