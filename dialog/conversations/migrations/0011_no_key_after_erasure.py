from django.db import migrations, models

# What has been erased gets no key again, so nothing can be written in it, whatever asks.
STAYS_ERASED = """
CREATE FUNCTION content_stays_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.owner ~ '^conversation [0-9a-f-]{36}$' AND EXISTS (
            SELECT 1 FROM conversations_erasure AS erasure
            WHERE erasure.conversation_id = substring(NEW.owner FROM 14)::uuid) THEN
        RAISE EXCEPTION 'what has been erased gets no key again';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER stays_erased BEFORE INSERT ON content_datakey
    FOR EACH ROW EXECUTE FUNCTION content_stays_erased();
"""
AS_BEFORE = """
DROP TRIGGER stays_erased ON content_datakey;
DROP FUNCTION content_stays_erased();
"""


class Migration(migrations.Migration):
    """What has been erased stays so, and what waits to be is found at once."""

    dependencies = [("conversations", "0010_what_is_past_its_time")]
    operations = [
        migrations.AddIndex(
            model_name="erasure",
            index=models.Index(
                fields=["conversation"],
                condition=models.Q(done_at__isnull=True),
                name="erasure_waiting",
            ),
        ),
        migrations.RunSQL(STAYS_ERASED, AS_BEFORE),
    ]
