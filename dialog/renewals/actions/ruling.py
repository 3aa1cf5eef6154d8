"""What the office decides about renewals for itself."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from dialog.actor import Actor
from dialog.errors import InvalidInput, NotAllowed
from dialog.ledger.actions import record
from dialog.renewals.events import RenewalRulesChanged
from dialog.renewals.models import RenewalRules
from dialog.renewals.policy import ATC, may_decide_rules
from dialog.rows import action


@action
def set_rules(*, by: Actor, consultation_first: Iterable[str], by_parents: bool) -> None:
    """Say what needs a consultation here, by ATC code or its beginning, and whether parents of the
    young may ask (R105, R109).
    """
    if not may_decide_rules(by):
        raise NotAllowed
    codes = sorted({"".join(one.upper().split()) for one in consultation_first} - {""})
    wrong = next((one for one in codes if not ATC.fullmatch(one)), "")
    if wrong:
        raise InvalidInput(
            _("%(code)s er ikke en ATC-kode eller begynnelsen på en.") % {"code": wrong},
            field="consultation_first",
        )
    RenewalRules.objects.update_or_create(
        practice_id=by.practice,
        defaults={
            "consultation_first": codes,
            "by_parents": by_parents,
            "changed_by_id": by.account,
            "changed_at": timezone.now(),
        },
    )
    record(by, RenewalRulesChanged(practice_id=by.practice_id))
