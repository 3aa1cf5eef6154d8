"""The addresses of the house itself."""

from django.conf import settings

from dialog.ui import views
from dialog.ui.routes import public

urlpatterns = [
    public("visning/<str:scheme>", views.choose_scheme, "choose_scheme"),
    public("tilgjengelighet", views.accessibility, "accessibility"),
    public("hurtigtaster/<str:choice>", views.choose_keys, "choose_keys"),
    public("sprak/<str:language>", views.choose_language, "choose_language"),
]

if settings.DEMONSTRATION:
    from dialog.ui import gallery

    urlpatterns += [public("galleri", gallery.gallery, "gallery", methods=("GET", "POST"))]
