import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models

# What the register says is written at the door only: nobody says for themselves, or for a
# colleague, what they are authorised as.
SECURE = """
ALTER TABLE people_professional ENABLE ROW LEVEL SECURITY;
ALTER TABLE people_professional FORCE ROW LEVEL SECURITY;
CREATE POLICY at_the_door ON people_professional USING (dialog_scope() = 'door');
CREATE POLICY seen ON people_professional FOR SELECT USING (
    account_id = dialog_account() OR EXISTS (
        SELECT 1 FROM people_membership AS here
        WHERE here.account_id = people_professional.account_id
        AND here.practice_id = dialog_practice()));
CREATE POLICY setup ON people_professional TO dialog_owner USING (dialog_scope() = 'setup');
ALTER TABLE people_authorisation ENABLE ROW LEVEL SECURITY;
ALTER TABLE people_authorisation FORCE ROW LEVEL SECURITY;
CREATE POLICY at_the_door ON people_authorisation USING (dialog_scope() = 'door');
CREATE POLICY seen ON people_authorisation FOR SELECT USING (EXISTS (
    SELECT 1 FROM people_professional AS known WHERE known.id = professional_id));
CREATE POLICY setup ON people_authorisation TO dialog_owner USING (dialog_scope() = 'setup');
"""
BARE = """
DROP POLICY setup ON people_authorisation;
DROP POLICY seen ON people_authorisation;
DROP POLICY at_the_door ON people_authorisation;
ALTER TABLE people_authorisation DISABLE ROW LEVEL SECURITY;
DROP POLICY setup ON people_professional;
DROP POLICY seen ON people_professional;
DROP POLICY at_the_door ON people_professional;
ALTER TABLE people_professional DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    """What the health-personnel register says of those who work here."""

    dependencies = [("people", "0012_who_follows_up_the_log")]
    operations = [
        migrations.CreateModel(
            name="Professional",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.account",
                    ),
                ),
                ("hpr_number", models.CharField(blank=True, max_length=9)),
                ("heard_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Authorisation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "professional",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="authorisations",
                        to="people.professional",
                    ),
                ),
                ("kind", models.CharField(max_length=10)),
                ("period", django.contrib.postgres.fields.ranges.DateRangeField()),
                ("withdrawn", models.BooleanField(default=False)),
                (
                    "specialities",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100), default=list, size=None
                    ),
                ),
            ],
        ),
        migrations.RunSQL(SECURE, BARE),
    ]
