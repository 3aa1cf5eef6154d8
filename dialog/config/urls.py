"""Every address of the product; each one declares the side it belongs to."""

from django.core.exceptions import ImproperlyConfigured
from django.urls import URLPattern, URLResolver, include, path

from dialog.ui.routes import undeclared

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("dialog.ui.urls")),
    path("", include("dialog.identity.urls")),
    path("", include("dialog.notifications.urls")),
    path("kontor/", include("dialog.workspace.urls")),
    path("", include("dialog.portal.urls")),
]
handler400 = "dialog.ui.views.unreadable"
handler404 = "dialog.ui.views.not_found"
handler500 = "dialog.ui.views.broken"

if strangers := undeclared(urlpatterns):
    raise ImproperlyConfigured(f"These addresses do not say whose they are: {strangers}")
