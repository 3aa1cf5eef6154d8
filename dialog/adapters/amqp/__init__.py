"""The message bus over AMQP 1.0: python-qpid-proton in a thread of its own (the amqp extra)."""

from django.core.exceptions import ImproperlyConfigured

try:
    from dialog.adapters.amqp.transport import AmqpTransport
except ModuleNotFoundError as error:
    raise ImproperlyConfigured(
        f"The message bus needs {error.name}. Install it: pip install 'digital-dialog[amqp]'"
    ) from error

__all__ = ["AmqpTransport"]
