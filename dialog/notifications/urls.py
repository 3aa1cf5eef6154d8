"""The gateway's address."""

from dialog.notifications import views
from dialog.ui.routes import public

app_name = "notifications"
urlpatterns = [
    public("varsler/kvittering", views.receipt, "receipt", methods=("POST",)),
]
