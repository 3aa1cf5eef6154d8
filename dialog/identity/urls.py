"""The door's addresses."""

from dialog.identity import views
from dialog.ui.routes import patient, public, signed_in

app_name = "identity"
urlpatterns = [
    public("logg-inn", views.sign_in, "sign_in", methods=("GET", "POST")),
    signed_in("logg-ut", views.sign_out, "sign_out", methods=("POST",)),
    patient("hvem", views.act_for, "act_for", methods=("GET", "POST")),
]
