"""What the log says of oneself at work, and who has searched for that (R220)."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from dialog.oversight import queries
from dialog.oversight.policy import may_review
from dialog.oversight.texts import PURPOSE
from dialog.ui.acting import acting
from dialog.ui.forms import show
from dialog.ui.paging import from_line
from dialog.workspace.lanes import lanes
from dialog.workspace.said import said
from dialog.workspace.views.log.lines import ON_A_PAGE, older, shown
from dialog.workspace.views.log.unusual import in_words

SEARCHES = 20


def own(request: HttpRequest) -> HttpResponse:
    """Everybody at work reads their own."""
    by = acting(request)
    lines = queries.of_mine(by, before=from_line(request), most=ON_A_PAGE + 1)
    searches = queries.searches_about_me(by, most=SEARCHES)
    return show(
        request,
        "workspace/log/own.html",
        said=said(request),
        unusual=[in_words(one) for one in queries.my_unusual_looks(by, most=SEARCHES)],
        searches=[(one, PURPOSE[one.purpose]) for one in searches],
        lines=shown(by, lines),
        more=older(request, lines),
        lanes=lanes(by),
        back_to=reverse("workspace:log") if may_review(by) else "",
        back_words=_("Logg"),
    )
