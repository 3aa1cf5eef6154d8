from django.db import migrations

TABLES = ("breach", "assessment", "addition", "affected")
TODAY = "(now() AT TIME ZONE 'Europe/Oslo')::date"


def follows_up(days: str) -> str:
    """Those who follow up the log at the office, on these days."""
    return "".join(
        f"""
ALTER POLICY follows_up ON breaches_{table} USING (EXISTS (
    SELECT 1 FROM people_membership AS here WHERE here.account_id = dialog_account()
    AND here.practice_id = breaches_{table}.practice_id AND here.reviews_access AND {days}));
"""
        for table in TABLES
    )


NOW = f"here.period @> {TODAY}"
NOT_OVER = f"NOT isempty(here.period) AND (upper_inf(here.period) OR upper(here.period) > {TODAY})"


class Migration(migrations.Migration):
    """Whoever is to follow up the log does not read the register before they have begun."""

    dependencies = [
        ("breaches", "0002_row_security"),
        ("people", "0022_days_at_work_count"),
    ]
    operations = [migrations.RunSQL(follows_up(NOW), follows_up(NOT_OVER))]
