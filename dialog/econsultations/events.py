"""What can have happened to an e-consultation; ids, codes and amounts only."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from dialog.ledger.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class EConsultationRequested(Event):
    """A patient said yes to a price and asked."""

    silent: ClassVar[bool] = True
    price_code: str
    accepted_price: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EConsultationBegun(Event):
    """A practitioner took responsibility."""

    silent: ClassVar[bool] = True


@dataclass(frozen=True, slots=True, kw_only=True)
class EConsultationCompleted(Event):
    """It was concluded, and the charge decided."""

    silent: ClassVar[bool] = True
    charge: int
    charge_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EConsultationReferred(Event):
    """An ordinary appointment is needed; there is no charge."""

    silent: ClassVar[bool] = True


@dataclass(frozen=True, slots=True, kw_only=True)
class EConsultationDeclined(Event):
    """It did not suit; the patient was told why, and there is no charge."""

    silent: ClassVar[bool] = True


@dataclass(frozen=True, slots=True, kw_only=True)
class EConsultationWithdrawn(Event):
    """The patient took it back unopened; there is no charge."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EConsultationJournaled(Event):
    """Its note was entered in the record system."""

    silent: ClassVar[bool] = True


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateSaved(Event):
    """A text to use again was made or changed."""

    silent: ClassVar[bool] = True
    template_id: UUID
    template_kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateRemoved(Event):
    """A text to use again was removed."""

    silent: ClassVar[bool] = True
    template_id: UUID
    template_kind: str
