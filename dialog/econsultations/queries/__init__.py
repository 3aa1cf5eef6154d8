"""Reading e-consultations: prices and promises, how far each has come, and texts to use again."""

from dialog.econsultations.queries.offers import (
    Offer,
    offer_for,
    price_now,
    price_today,
)
from dialog.econsultations.queries.progress import (
    CardView,
    EConsultationView,
    NoteRow,
    econsultation_for,
    journal_owed,
    not_journaled,
    not_journaled_count,
    possible_owners,
    view,
)
from dialog.econsultations.queries.templates import (
    TemplateView,
    template_for,
    template_view,
    templates,
    words_for,
)

__all__ = [
    "CardView",
    "EConsultationView",
    "NoteRow",
    "Offer",
    "TemplateView",
    "econsultation_for",
    "journal_owed",
    "not_journaled",
    "not_journaled_count",
    "offer_for",
    "possible_owners",
    "price_now",
    "price_today",
    "template_for",
    "template_view",
    "templates",
    "view",
    "words_for",
]
