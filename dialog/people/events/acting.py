"""What can have happened to who acts for whom."""

from dataclasses import dataclass
from typing import ClassVar

from dialog.ledger.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ProxyGranted(Event):
    """Somebody may act for the patient."""

    silent: ClassVar[bool] = True
    proxy_account_id: int
    proxy_kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardianAppointed(Event):
    """A doctor decided that somebody acts for a patient who cannot consent, on this ground."""

    silent: ClassVar[bool] = True
    proxy_account_id: int
    guardian_basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProxyRevoked(Event):
    """Somebody may no longer act for the patient; an office says why, the two need not."""

    silent: ClassVar[bool] = True
    proxy_account_id: int
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProxyStopped(Event):
    """The population register no longer lets somebody act for the patient."""

    silent: ClassVar[bool] = True
    proxy_account_id: int
    proxy_kind: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAccessChosen(Event):
    """A parent let a child use the service by itself, or took that back."""

    silent: ClassVar[bool] = True
    consented: bool
