import django.db.models.functions.datetime
import django.utils.timezone
from django.db import migrations, models
from django.db.models import PROTECT

# What the register says is written at the door only: nobody says it for themselves or for others.
SECURE = """
ALTER TABLE people_registeredcontact ENABLE ROW LEVEL SECURITY;
ALTER TABLE people_registeredcontact FORCE ROW LEVEL SECURITY;
CREATE POLICY at_the_door ON people_registeredcontact USING (dialog_scope() = 'door');
CREATE POLICY seen ON people_registeredcontact FOR SELECT USING (
    patient_id = dialog_patient() OR EXISTS (
        SELECT 1 FROM people_gpassignment AS here
        WHERE here.patient_id = people_registeredcontact.patient_id
        AND here.practice_id = dialog_practice() AND NOT isempty(here.period)
        AND (upper_inf(here.period)
            OR upper(here.period) > (now() AT TIME ZONE 'Europe/Oslo')::date)));
CREATE POLICY setup ON people_registeredcontact TO dialog_owner USING (dialog_scope() = 'setup');
"""
BARE = """
DROP POLICY setup ON people_registeredcontact;
DROP POLICY seen ON people_registeredcontact;
DROP POLICY at_the_door ON people_registeredcontact;
ALTER TABLE people_registeredcontact DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    """Where patients are told things: by the contact register, or as they have said here (R36)."""

    dependencies = [("people", "0017_documented_guardians")]
    operations = [
        migrations.AddField(
            "patient",
            "contact_confirmed_at",
            models.DateTimeField(
                db_default=django.db.models.functions.datetime.Now(),
                default=django.utils.timezone.now,
            ),
        ),
        migrations.AddField("patient", "language_chosen_at", models.DateTimeField(null=True)),
        migrations.CreateModel(
            name="RegisteredContact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("registered", models.BooleanField()),
                ("reserved", models.BooleanField()),
                ("may_be_told", models.BooleanField()),
                ("phone", models.CharField(blank=True, max_length=20)),
                ("phone_confirmed_at", models.DateTimeField(null=True)),
                ("email", models.CharField(blank=True, max_length=254)),
                ("email_confirmed_at", models.DateTimeField(null=True)),
                ("language", models.CharField(blank=True, max_length=5)),
                ("language_at", models.DateTimeField(null=True)),
                ("heard_at", models.DateTimeField()),
                (
                    "patient",
                    models.OneToOneField(on_delete=PROTECT, related_name="+", to="people.patient"),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["heard_at"], name="registered_contact_by_age")],
            },
        ),
        migrations.RunSQL(SECURE, BARE),
    ]
