from django.db import migrations, models
from django.db.models import Q

# Where two were begun from one matter already, the later stands by itself; both are kept. The owner
# sees nobody's matters, and for this one statement all of them.
APART = """
ALTER TABLE conversations_conversation NO FORCE ROW LEVEL SECURITY;
UPDATE conversations_conversation SET continues_id = NULL WHERE id IN (
    SELECT id FROM (
        SELECT id, row_number() OVER (PARTITION BY continues_id ORDER BY started_at, id) AS place
        FROM conversations_conversation
        WHERE kind = 'econsultation' AND started_side = 'patient' AND status <> 'closed'
            AND continues_id IS NOT NULL
    ) AS begun WHERE place > 1
);
ALTER TABLE conversations_conversation FORCE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    """From one matter there is at most one open e-consultation that the patient has begun."""

    dependencies = [("conversations", "0005_tasks")]

    operations = [
        migrations.RunSQL(APART, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="conversation",
            constraint=models.UniqueConstraint(
                condition=Q(kind="econsultation", started_side="patient") & ~Q(status="closed"),
                fields=["continues"],
                name="conversation_goes_on_once_where_it_costs",
            ),
        ),
    ]
