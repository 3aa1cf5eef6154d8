from django.db import migrations

GUARD = """
CREATE FUNCTION proxy_begins_unconfirmed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF dialog_account() IS NOT NULL
        AND (NEW.from_register OR NEW.stopped <> '' OR NEW.confirmed_at IS NOT NULL) THEN
        RAISE EXCEPTION 'Nobody says for themselves what the register says.'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER proxy_begins_unconfirmed BEFORE INSERT ON people_proxy
    FOR EACH ROW EXECUTE FUNCTION proxy_begins_unconfirmed();
"""
NO_GUARD = """
DROP TRIGGER proxy_begins_unconfirmed ON people_proxy;
DROP FUNCTION proxy_begins_unconfirmed();
"""


class Migration(migrations.Migration):
    """A right to act that a person writes down is not confirmed by the register before it is."""

    dependencies = [("people", "0010_an_office_may_close")]
    operations = [migrations.RunSQL(GUARD, NO_GUARD)]
