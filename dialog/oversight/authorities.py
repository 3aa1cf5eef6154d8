"""Whom a patient can turn to beside the office about who has looked: data, and words for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """Who it is, what they can do about it, and where to find them. Nobody has verified the
    addresses for us.
    """

    name: Promise
    does: Promise
    address: str

    @property
    def href(self) -> str:
        """The address as a link."""
        return f"https://www.{self.address}"


AUTHORITIES: Sequence[Authority] = (
    Authority(
        name=_("Pasient- og brukerombudet"),
        does=_("gir råd og kan hjelpe deg å klage"),
        address="helsenorge.no/pasient-og-brukerombudet",
    ),
    Authority(
        name=_("Statsforvalteren"),
        does=_("fører tilsyn med legekontoret, sammen med Helsetilsynet"),
        address="statsforvalteren.no",
    ),
    Authority(
        name=_("Datatilsynet"),
        does=_("tar imot klager på hvordan opplysninger om deg blir brukt"),
        address="datatilsynet.no",
    ),
)
