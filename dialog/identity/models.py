"""Who is signed in, in which browser, and what a provider has given us that counts once."""

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from dialog.identity import sessions


class Session(AbstractBaseSession):
    """What a browser's cookie is the key to, and by what it is found when it must end at once.

    The provider's words for its own session and for the person are kept as digests: they are only
    ever compared.
    """

    # As Django has them, without its words for them, which are other words in each language.
    session_key = models.CharField(max_length=40, primary_key=True)
    session_data = models.TextField()
    expire_date = models.DateTimeField(db_index=True)
    account_id = models.BigIntegerField(null=True)
    provider_session = models.BinaryField(null=True)
    provider_subject = models.BinaryField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["account_id"], name="session_by_account"),
            models.Index(fields=["provider_session"], name="session_by_provider_session"),
            models.Index(fields=["provider_subject"], name="session_by_provider_subject"),
        ]

    @classmethod
    def get_session_store_class(cls) -> type["sessions.SessionStore"]:
        """Where such rows are kept."""
        return sessions.SessionStore


class UsedOnce(models.Model):
    """The digest of something that may be used once, until it would be too old anyway."""

    digest = models.BinaryField(primary_key=True)
    until = models.DateTimeField(db_index=True)
