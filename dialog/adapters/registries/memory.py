"""A registry in memory: what it has been told, with the same rules as one that reads files."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from dialog.adapters.cms.certificates import NotACertificate, certificate, right_now
from dialog.interop.parties import Party
from dialog.interop.profiles import Agreement, Profile

_DEEPEST = 8  # a party in a party in a party: more than the registry has, and an end to a circle


class MemoryRegistry:
    """Parties, profiles and agreements by their numbers."""

    def __init__(
        self,
        *,
        parties: Iterable[Party] = (),
        profiles: Iterable[Profile] = (),
        agreements: Iterable[Agreement] = (),
        now: Callable[[], datetime] = right_now,
    ) -> None:
        self.parties = {one.her_id: one for one in parties}
        self.profiles = {one.her_id: one for one in profiles}
        self._agreements: dict[str, Agreement] = {}
        self._pairs: dict[frozenset[int], list[Agreement]] = {}
        self._joined: dict[int, tuple[Party, Party | None, Party]] = {}
        self._now = now
        for one in agreements:
            self.agree(one)

    def agree(self, agreement: Agreement) -> None:
        """One agreement more; with the same id it takes the other's place."""
        key, pair = agreement.cpa_id.lower(), agreement.pair
        before = self._agreements.get(key)
        if before is not None:
            self._pairs[before.pair].remove(before)
        self._agreements[key] = agreement
        self._pairs.setdefault(pair, []).append(agreement)

    def party(self, her_id: int) -> Party | None:
        """A party with all it inherits, and those of its certificates that are valid now."""
        now = self._now()
        found = self._inherited(her_id, now, _DEEPEST)
        if found is None:
            return None
        valid = tuple(one for one in found.certificates if _is_valid(one, now))
        return found if valid == found.certificates else replace(found, certificates=valid)

    def agreement(self, own: int, other: int) -> Agreement | None:
        """The one in force; of several the one that began last."""
        now = self._now()
        pair = self._pairs.get(frozenset((own, other)), ())
        found = [one for one in pair if one.in_force(now)]
        return max(found, key=_began, default=None)

    def agreement_by_id(self, cpa_id: str) -> Agreement | None:
        """Any it has been told of."""
        return self._agreements.get(cpa_id.strip().lower())

    def profile(self, her_id: int) -> Profile | None:
        """A party's profile; without one, a profile of its certificates, which offers nothing."""
        found = self.profiles.get(her_id)
        if found is not None:
            return found
        party = self.party(her_id)
        if party is None or not party.certificates:
            return None
        return _of_certificates(party)

    def _inherited(self, her_id: int, now: datetime, left: int) -> Party | None:
        known = self.parties.get(her_id)
        if known is None:
            return None
        own = known.at(now)
        if own.parent_her_id is None or not left:
            return own
        parent = self._inherited(own.parent_her_id, now, left - 1)
        # Asked for with every message, and the same until somebody tells us something else.
        before = self._joined.get(her_id)
        if before is None or before[0] is not own or before[1] is not parent:
            before = self._joined[her_id] = own, parent, own.child_of(parent)
        return before[2]


def _began(agreement: Agreement) -> float:
    return agreement.begins.timestamp() if agreement.begins else 0.0


def _is_valid(der: bytes, now: datetime) -> bool:
    try:
        return certificate(der).is_valid_at(now)
    except NotACertificate:
        return False


def _of_certificates(party: Party) -> Profile:
    """The newest certificate for each use; one certificate may have both."""
    read = sorted((certificate(one) for one in party.certificates), key=lambda one: one.begins)
    encryption = [one.der for one in read if one.may_encrypt]
    signing = [one.der for one in read if one.may_sign]
    return Profile(
        her_id=party.her_id,
        name=party.name,
        encryption=encryption[-1] if encryption else None,
        signing=signing[-1] if signing else None,
    )
