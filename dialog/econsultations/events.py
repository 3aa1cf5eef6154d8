"""What can have happened to an e-consultation; ids, codes and amounts only."""

from typing import ClassVar
from uuid import UUID

from dialog.ledger.events import Event


class EConsultationRequested(Event):
    """A patient said yes to a price and asked."""

    silent: ClassVar[bool] = True
    price_code: str
    accepted_price: int


class EConsultationBegun(Event):
    """A practitioner took responsibility."""

    silent: ClassVar[bool] = True


class EConsultationCompleted(Event):
    """It was concluded, and the charge decided."""

    silent: ClassVar[bool] = True
    charge: int
    charge_code: str


class EConsultationReferred(Event):
    """An ordinary appointment is needed; there is no charge."""

    silent: ClassVar[bool] = True


class EConsultationDeclined(Event):
    """It did not suit; the patient was told why, and there is no charge."""

    silent: ClassVar[bool] = True


class EConsultationWithdrawn(Event):
    """The patient took it back unopened; there is no charge."""


class EConsultationJournaled(Event):
    """Its note was entered in the record system."""

    silent: ClassVar[bool] = True


class TemplateSaved(Event):
    """A text to use again was made or changed."""

    silent: ClassVar[bool] = True
    template_id: UUID
    template_kind: str


class TemplateRemoved(Event):
    """A text to use again was removed."""

    silent: ClassVar[bool] = True
    template_id: UUID
    template_kind: str
