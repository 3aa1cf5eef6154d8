"""The door's addresses."""

from dialog.identity import leaving, views
from dialog.ui.routes import patient, public, signed_in

BOTH = ("GET", "POST")

app_name = "identity"
urlpatterns = [
    public("logg-inn", views.sign_in, "sign_in", methods=BOTH),
    public("logg-inn/<slug:way>", views.sign_in_by, "sign_in_by"),
    public("logg-inn/<slug:way>/tilbake", views.returned, "returned"),
    signed_in("logg-ut", leaving.sign_out, "sign_out", methods=("POST",)),
    signed_in(
        "logg-ut/overalt", leaving.sign_out_everywhere, "sign_out_everywhere", methods=("POST",)
    ),
    public("logg-ut/<slug:way>/over", leaving.over, "over", methods=BOTH),
    public("logget-ut", leaving.left, "left"),
    public("sperret", views.locked, "locked"),
    public(".well-known/jwks.json", leaving.published_keys, "published_keys"),
    signed_in("sikkerhet", leaving.safety, "safety"),
    patient("sikkerhet/sperr", leaving.lock, "lock", methods=BOTH),
    patient("hvem", views.act_for, "act_for", methods=BOTH),
]
