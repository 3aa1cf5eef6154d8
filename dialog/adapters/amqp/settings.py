"""The bus that the settings describe."""

from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from dialog.adapters.amqp.bus import Bus


def bus_from_settings() -> Bus:
    """The bus at ``BUS_URL``; a senseless value is named in a sentence."""
    parts = urlsplit(settings.BUS_URL)
    if parts.scheme not in ("amqp", "amqps") or not parts.hostname:
        raise ImproperlyConfigured("BUS_URL must be amqps://host:port or amqps://host:port/vhost.")
    if parts.username or parts.password:
        raise ImproperlyConfigured("Put the bus user in BUS_USER and BUS_PASSWORD, not in BUS_URL.")
    tls = parts.scheme == "amqps"
    try:
        return Bus(
            host=parts.hostname,
            port=parts.port or (5671 if tls else 5672),
            tls=tls,
            user=settings.BUS_USER,
            password=settings.BUS_PASSWORD,
            ca_file=settings.BUS_CA_FILE,
            virtual_host=unquote(parts.path.strip("/")),
            address_form=settings.BUS_ADDRESS_FORM,
            one_connection_per_receiver=settings.BUS_ONE_CONNECTION_PER_RECEIVER,
            knows_modified=settings.BUS_KNOWS_MODIFIED,
            reply_queue=settings.BUS_REPLY_QUEUE,
            system_identifier=settings.BUS_SYSTEM_IDENTIFIER,
        )
    except ValueError as error:
        raise ImproperlyConfigured(f"BUS_URL: {error}") from error
