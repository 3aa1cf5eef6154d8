"""What the office decides about renewals: what needs a consultation, and who may ask."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from dialog.renewals import actions, queries
from dialog.renewals.policy import may_decide_rules
from dialog.ui import fields
from dialog.ui.forms import Form, submit
from dialog.workspace.views.settings.desk import done, managing, page


class RulesForm(Form):
    """ATC codes, one on each line, and a yes or no."""

    consultation_first = fields.Words(
        label=_("Fornyes ikke uten konsultasjon"),
        help_text=_(
            "ATC-koder, én på hver linje. Begynnelsen holder: N02A gjelder alle opioider. "
            "Reseptgruppe A og B trenger alltid konsultasjon."
        ),
        required=False,
        rows=5,
        max_length=2000,
    )
    by_parents = fields.Check(
        label=_("Foreldre kan be om resepter for barn fra 12 til 16 år"),
        help_text=_("Resepter som er skjult for foreldre, ser de uansett ikke."),
    )

    def clean(self) -> dict[str, Any]:
        """The codes one by one."""
        words = {**self.cleaned_data}
        words["consultation_first"] = words.get("consultation_first", "").splitlines()
        return words


def renewal_rules(request: HttpRequest) -> HttpResponse:
    """What is decided, and for doctors room to change it."""
    by = managing(request)
    rules = queries.rules_of(by.practice)
    form = RulesForm(
        request.POST or None,
        initial={
            "consultation_first": "\n".join(rules.consultation_first),
            "by_parents": rules.by_parents,
        },
    )
    if form.is_bound:
        submit(form, partial(actions.set_rules, by=by))
        if form.done:
            return done(request, _("Reglene er lagret."), "workspace:renewal_rules")
    return page(request, "renewal_rules", form, rules=rules, may_decide=may_decide_rules(by))
