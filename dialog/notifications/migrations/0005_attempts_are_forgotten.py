from django.db import migrations, models

SECURE = """
CREATE POLICY relay_finds ON notifications_attempt FOR SELECT TO dialog_relay
    USING (dialog_scope() = 'relay');
CREATE POLICY relay_forgets ON notifications_attempt FOR DELETE TO dialog_relay
    USING (dialog_scope() = 'relay' AND settled_at IS NOT NULL);
"""
BARE = """
DROP POLICY relay_finds ON notifications_attempt;
DROP POLICY relay_forgets ON notifications_attempt;
"""


class Migration(migrations.Migration):
    """The relay forgets attempts whose time is over, and none that waits to be sent."""

    dependencies = [("notifications", "0004_news_of_pending_times")]
    operations = [
        migrations.AddIndex(
            model_name="attempt",
            index=models.Index(
                fields=["settled_at"],
                condition=models.Q(settled_at__isnull=False),
                name="attempt_to_forget",
            ),
        ),
        migrations.RunSQL(SECURE, BARE),
    ]
