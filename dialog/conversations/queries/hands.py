"""Who at a practice can be handed an item: those who would then see it."""

from typing import NamedTuple

from dialog.actor import Actor, Duty, Role
from dialog.conversations.policy import Kind, by_name, sees_all, sees_own_lists
from dialog.people import queries as people
from dialog.people.policy import OFFICE_ROLES, duties


class Hands(NamedTuple):
    """The colleagues and the roles that an item can be handed to."""

    colleagues: tuple[people.Colleague, ...]
    roles: tuple[Role, ...]


def hands_for(by: Actor, kind: Kind) -> Hands:
    """Those who see this kind, by their role or because the office says so (R137); or by name."""
    if by_name(kind):
        return Hands(tuple(one for one in people.colleagues(by) if one.reviews_access), ())
    # Where nothing that is handed over matters, nobody need ask what has been.
    handed = people.delegations(by) if _goes_by_duties(kind) else {}
    roles = tuple(role for role in OFFICE_ROLES if _sees(kind, role, handed.get(role, frozenset())))
    return Hands(tuple(one for one in people.colleagues(by) if one.role in roles), roles)


def _goes_by_duties(kind: Kind) -> bool:
    return any(
        _sees(kind, role, frozenset()) != _sees(kind, role, frozenset(Duty))
        for role in OFFICE_ROLES
    )


def _sees(kind: Kind, role: Role, delegated: frozenset[Duty]) -> bool:
    somebody = Actor(role=role, duties=duties(role, delegated))
    return sees_all(kind, somebody) or sees_own_lists(kind, somebody)
