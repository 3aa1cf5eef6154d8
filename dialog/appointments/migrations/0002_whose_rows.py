from django.db import migrations

PUBLIC = ("appointmenttype", "schedule", "weeklyhours", "slot")
OFFICE_ONLY = ("scheduleexception", "busyperiod", "calendarimport", "confirmingpractice")
ALL = (*PUBLIC, *OFFICE_ONLY, "appointment", "timesasked")
MY_OFFICES = "practice_id = ANY ((SELECT dialog_offices())::bigint[])"
MINE = "practice_id = dialog_practice()"

ROW_SECURITY = "".join(
    f"""
ALTER TABLE appointments_{table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE appointments_{table} FORCE ROW LEVEL SECURITY;
CREATE POLICY setup ON appointments_{table} TO dialog_owner USING (dialog_scope() = 'setup');
"""
    for table in ALL
)
# Seen by those who work there and their patients; written by the office itself. What a doctor does
# when no patient is met is the office's own business.
TIMEBOOKS = "".join(
    f"""
CREATE POLICY seen ON appointments_{table} FOR SELECT USING ({MY_OFFICES});
CREATE POLICY office_adds ON appointments_{table} FOR INSERT WITH CHECK ({MINE});
CREATE POLICY office_changes ON appointments_{table} FOR UPDATE USING ({MY_OFFICES})
    WITH CHECK ({MINE});
CREATE POLICY office_removes ON appointments_{table} FOR DELETE USING ({MINE});
"""
    for table in PUBLIC
) + "".join(f"CREATE POLICY mine ON appointments_{table} USING ({MINE});" for table in OFFICE_ONLY)
APPOINTMENTS = """
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
# What record systems were asked. A patient may ask, see that it is asked and give it up; only the
# practice says that it is answered.
ASKED = f"""
CREATE POLICY seen ON appointments_timesasked FOR SELECT USING ({MY_OFFICES});
CREATE POLICY asks ON appointments_timesasked FOR INSERT
    WITH CHECK ({MY_OFFICES} AND answered_at IS NULL);
CREATE POLICY gives_up ON appointments_timesasked FOR UPDATE
    USING ({MY_OFFICES}) WITH CHECK ({MY_OFFICES} AND answered_at IS NULL);
CREATE POLICY office_answers ON appointments_timesasked FOR UPDATE
    USING ({MINE}) WITH CHECK ({MINE});
CREATE POLICY relay ON appointments_timesasked FOR SELECT TO dialog_relay
    USING (dialog_scope() = 'relay');
CREATE POLICY relay_forgets ON appointments_timesasked FOR DELETE TO dialog_relay
    USING (dialog_scope() = 'relay');
"""


class Migration(migrations.Migration):
    """An appointment is seen by its patient and its practice; others see only that time is taken.

    ``appointments_busy`` tells when practitioners are taken, merged into stretches, and nothing
    more; a patient hears it of the offices they belong to or have belonged to. It runs as the
    owner, who is shown the rows only while somebody else asks.
    """

    replaces = [("appointments", "0007_asking_what_is_free")]
    dependencies = [("appointments", "0001_tables"), ("people", "0003_whose_rows")]
    operations = [migrations.RunSQL(ROW_SECURITY + TIMEBOOKS + APPOINTMENTS + ASKED)]
