from django.db import migrations

PUBLIC = ("appointmenttype", "schedule", "weeklyhours", "slot")
OFFICE_ONLY = ("scheduleexception", "busyperiod", "calendarimport")
ALL = (*PUBLIC, *OFFICE_ONLY, "appointment")


def on(table: str) -> str:
    return (
        f"ALTER TABLE appointments_{table} ENABLE ROW LEVEL SECURITY;"
        f"ALTER TABLE appointments_{table} FORCE ROW LEVEL SECURITY;"
        f"CREATE POLICY setup ON appointments_{table} TO dialog_owner "
        "USING (dialog_scope() = 'setup');"
    )


def public(table: str) -> str:
    """Seen by those who work there and their patients; written by the office itself."""
    mine = "practice_id = dialog_practice()"
    seen = "practice_id = ANY ((SELECT dialog_offices())::bigint[])"
    return (
        f"CREATE POLICY seen ON appointments_{table} FOR SELECT USING ({seen});"
        f"CREATE POLICY office_adds ON appointments_{table} FOR INSERT WITH CHECK ({mine});"
        f"CREATE POLICY office_changes ON appointments_{table} FOR UPDATE USING ({seen}) "
        f"WITH CHECK ({mine});"
        f"CREATE POLICY office_removes ON appointments_{table} FOR DELETE USING ({mine});"
    )


def office_only(table: str) -> str:
    """What a doctor does when no patient is met is the office's own business."""
    return f"CREATE POLICY mine ON appointments_{table} USING (practice_id = dialog_practice());"


SECURE = (
    "".join(on(table) for table in ALL)
    + "".join(public(table) for table in PUBLIC)
    + "".join(office_only(table) for table in OFFICE_ONLY)
    + """
CREATE POLICY mine ON appointments_appointment USING (
    practice_id = dialog_practice() OR patient_id = dialog_patient());
CREATE POLICY relay ON appointments_appointment FOR SELECT TO dialog_relay
    USING (dialog_scope() = 'relay');
CREATE POLICY relay ON appointments_schedule FOR SELECT TO dialog_relay
    USING (dialog_scope() = 'relay');
CREATE POLICY occupancy ON appointments_appointment FOR SELECT TO dialog_owner
    USING ((SELECT coalesce(nullif(current_setting('role'), 'none'), session_user::text))
        <> 'dialog_owner');

CREATE FUNCTION appointments_busy(practitioners bigint[], since timestamptz, until timestamptz)
RETURNS TABLE (practitioner_id bigint, busy tstzmultirange)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT taken.practitioner_id, range_agg(taken.period)
    FROM appointments_appointment AS taken
    WHERE taken.practitioner_id = ANY (practitioners)
      AND taken.status IN ('pending', 'offered', 'booked', 'fulfilled')
      AND taken.starts > since - interval '1 day' AND taken.starts < until
      AND taken.period && tstzrange(since, until)
      AND taken.practice_id = ANY ((SELECT dialog_offices())::bigint[])
    GROUP BY taken.practitioner_id
$$;
REVOKE ALL ON FUNCTION appointments_busy(bigint[], timestamptz, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION appointments_busy(bigint[], timestamptz, timestamptz)
    TO dialog_web, dialog_relay;
"""
)

POLICIES = {
    **dict.fromkeys(PUBLIC, ("seen", "office_adds", "office_changes", "office_removes")),
    "schedule": ("seen", "office_adds", "office_changes", "office_removes", "relay"),
    **dict.fromkeys(OFFICE_ONLY, ("mine",)),
    "appointment": ("mine", "relay", "occupancy"),
}

BARE = (
    "DROP FUNCTION appointments_busy(bigint[], timestamptz, timestamptz);"
    + "".join(
        f"DROP POLICY {policy} ON appointments_{table};"
        for table in ALL
        for policy in (*POLICIES[table], "setup")
    )
    + "".join(f"ALTER TABLE appointments_{table} DISABLE ROW LEVEL SECURITY;" for table in ALL)
)


class Migration(migrations.Migration):
    """An appointment is seen by its patient and its practice; others see only that time is taken.

    ``appointments_busy`` tells when practitioners are taken, merged into stretches, and nothing
    more; a patient hears it of the offices they belong to or have belonged to. It runs as the
    owner, who is shown the rows only while somebody else asks.
    """

    dependencies = [
        ("appointments", "0001_initial"),
        ("conversations", "0002_row_security"),
        ("people", "0002_row_security"),
    ]
    operations = [migrations.RunSQL(SECURE, BARE)]
