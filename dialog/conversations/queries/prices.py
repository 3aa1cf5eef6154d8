"""What an e-consultation can cost a patient at most, said before anybody writes (R49, R163)."""

from dialog.conversations import tariff
from dialog.people import queries as people


def highest_price(patient: people.Person, owner: people.ListOwner) -> tariff.Price:
    """The most one can cost a patient on this list today, whoever answers and whenever.

    Somebody with a ceiling card, or too young to pay, pays nothing.
    """
    today = people.today()
    card = patient.ceiling_card_until is not None and patient.ceiling_card_until >= today
    specialist = owner.specialist or any(
        one.specialist for one in people.clinicians_for_list(owner.list_id, kept_out=True)
    )
    return tariff.patient_price(today, specialist, patient.born, card)
