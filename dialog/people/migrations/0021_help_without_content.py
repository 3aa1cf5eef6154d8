from django.db import migrations, models

# Somebody who helps an office today; that they see no more than this is what the rest goes by.
HELPS = """
CREATE FUNCTION dialog_helps(office bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT dialog_scope() = 'support' AND EXISTS (
        SELECT 1 FROM people_membership AS here
        WHERE here.account_id = dialog_account() AND here.practice_id = office
        AND here.role = 'support' AND here.period @> (now() AT TIME ZONE 'Europe/Oslo')::date)
$$;
CREATE POLICY support ON ledger_delivery FOR SELECT USING (dialog_helps(practice_id));
"""
NOBODY = """
DROP POLICY support ON ledger_delivery;
DROP FUNCTION dialog_helps(bigint);
"""


class Migration(migrations.Migration):
    """Somebody may help an office with the technical, and sees nothing of its patients."""

    dependencies = [
        ("people", "0020_whether_access_is_locked"),
        ("ledger", "0006_what_somebody_did_at_work"),
    ]
    operations = [
        migrations.RemoveConstraint(model_name="membership", name="membership_role_known"),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(role__in=["practitioner", "nurse", "staff", "support"]),
                name="membership_role_known",
            ),
        ),
        migrations.RunSQL(HELPS, NOBODY),
    ]
