"""Which agreement counts, and that nobody is another."""

import pytest

from dialog.adapters.registries import MemoryRegistry
from dialog.interop.addressing import must_be_who_it_says, pair_for_receiving, pair_for_sending
from dialog.interop.conditions import Condition, Refused
from dialog.interop.profiles import Agreement, Profile

OWN, OTHER, THIRD = 8141705, 93238, 700700


def told(name: str, her_id: int) -> Profile:
    return Profile(her_id=her_id, name=name)


def agreed(cpa_id: str, one: int = OWN, other: int = OTHER) -> Agreement:
    return Agreement(cpa_id=cpa_id, parties=(told(cpa_id, one), told(cpa_id, other)))


def registry(*agreements: Agreement, profiles: bool = True) -> MemoryRegistry:
    own = [told("profile", OWN), told("profile", OTHER)] if profiles else []
    return MemoryRegistry(profiles=own, agreements=agreements)


class TestReceiving:
    @pytest.mark.parametrize(
        ("agreements", "cpa_id", "expected"),
        [
            ([agreed("pair"), agreed("named", OTHER, OWN)], "named", "named"),
            ([agreed("pair")], "unknown", "pair"),
            ([agreed("pair")], "", "pair"),
            ([agreed("anothers", OWN, THIRD), agreed("pair")], "anothers", "pair"),
            ([], "unknown", "profile"),
            ([], "", "profile"),
        ],
    )
    def test_the_named_agreement_then_the_pairs_then_the_profile(
        self, agreements: list[Agreement], cpa_id: str, expected: str
    ) -> None:
        sender, own = pair_for_receiving(
            registry(*agreements), sender=OTHER, own=OWN, cpa_id=cpa_id
        )

        assert (sender.name, sender.her_id) == (expected, OTHER)
        assert (own.name, own.her_id) == (expected, OWN)

    def test_a_sender_nobody_knows_has_no_certificate(self) -> None:
        sender, _own = pair_for_receiving(registry(profiles=False), sender=OTHER, own=OWN)

        assert sender == Profile(her_id=OTHER) and sender.signing is None


class TestSending:
    def test_the_pairs_agreement_and_its_id_else_the_profile_without(self) -> None:
        with_one = pair_for_sending(registry(agreed("pair")), receiver=OTHER, own=OWN)
        without = pair_for_sending(registry(), receiver=OTHER, own=OWN)

        assert [one.name for one in with_one[:2]] == ["pair", "pair"] and with_one[2] == "pair"
        assert [one.name for one in without[:2]] == ["profile", "profile"] and without[2] == ""


class TestWhoItIs:
    def test_the_same_everywhere(self) -> None:
        must_be_who_it_says(
            header=OTHER, xml={OTHER, 1}, certificate="912345678", registered={"912345678", "1"}
        )

    def test_where_the_registry_has_no_number_the_agreement_has_spoken(self) -> None:
        must_be_who_it_says(header=OTHER, xml={OTHER}, certificate="912345678", registered=())

    @pytest.mark.parametrize(
        ("xml", "certificate", "told"),
        [
            ({THIRD}, "912345678", (str(OTHER), str(THIRD))),
            (set(), "912345678", (str(OTHER),)),
            ({OTHER}, "955555551", (str(OTHER),)),
            ({OTHER}, "", (str(OTHER),)),
        ],
    )
    def test_anything_else_is_spoofing(
        self, xml: set[int], certificate: str, told: tuple[str, ...]
    ) -> None:
        with pytest.raises(Refused) as refused:
            must_be_who_it_says(
                header=OTHER, xml=xml, certificate=certificate, registered={"912345678"}
            )

        assert refused.value.condition is Condition.SPOOFING
        assert refused.value.condition == "abuse:spoofing-attack"
        assert refused.value.told == told
