"""What the health-personnel register has said of those who work here, and when."""

from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models


class Professional(models.Model):
    """Somebody the register has been asked about; no number is that it knows nobody such."""

    account = models.OneToOneField("people.Account", on_delete=models.PROTECT, related_name="+")
    hpr_number = models.CharField(max_length=9, blank=True)
    heard_at = models.DateTimeField()


class Authorisation(models.Model):
    """What the register lets somebody work as, from and until a day; as it last said."""

    professional = models.ForeignKey(
        "people.Professional", on_delete=models.PROTECT, related_name="authorisations"
    )
    kind = models.CharField(max_length=10)
    period = DateRangeField()
    withdrawn = models.BooleanField(default=False)
    specialities = ArrayField(models.CharField(max_length=100), default=list)
