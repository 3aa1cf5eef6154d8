"""What can have happened to who acts for whom."""

from typing import ClassVar

from dialog.ledger.events import Event


class ProxyGranted(Event):
    """Somebody may act for the patient."""

    silent: ClassVar[bool] = True
    proxy_account_id: int
    proxy_kind: str


class GuardianAppointed(Event):
    """A doctor decided that somebody acts for a patient who cannot consent, on this ground."""

    silent: ClassVar[bool] = True
    proxy_account_id: int
    guardian_basis: str


class ProxyRevoked(Event):
    """Somebody may no longer act for the patient; an office says why, the two need not."""

    silent: ClassVar[bool] = True
    proxy_account_id: int
    reason: str = ""


class ProxyStopped(Event):
    """The population register no longer lets somebody act for the patient."""

    silent: ClassVar[bool] = True
    proxy_account_id: int
    proxy_kind: str
    reason: str


class OwnAccessChosen(Event):
    """A parent let a child use the service by itself, or took that back."""

    silent: ClassVar[bool] = True
    consented: bool
