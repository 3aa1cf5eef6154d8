"""What the contact register has said of where patients are told things, and when."""

from django.db import models


class RegisteredContact(models.Model):
    """The register's last answer about a patient.

    ``language`` is its own code, which may be one we do not speak.
    """

    patient = models.OneToOneField("people.Patient", on_delete=models.PROTECT, related_name="+")
    registered = models.BooleanField()
    reserved = models.BooleanField()
    may_be_told = models.BooleanField()
    phone = models.CharField(max_length=20, blank=True)
    phone_confirmed_at = models.DateTimeField(null=True)
    email = models.CharField(max_length=254, blank=True)
    email_confirmed_at = models.DateTimeField(null=True)
    language = models.CharField(max_length=5, blank=True)
    language_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["heard_at"], name="registered_contact_by_age")]
