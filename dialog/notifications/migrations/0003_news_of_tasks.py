from django.db import migrations, models

NEWS = [
    "booked",
    "moved",
    "cancelled",
    "changed",
    "offered",
    "run-out",
    "reminder",
    "message",
    "answered",
    "unread",
    "renewal",
    "task",
    "task-late",
]


class Migration(migrations.Migration):
    """A patient is reminded of what is to be done, and told when the day has passed."""

    dependencies = [("notifications", "0002_row_security")]

    operations = [
        migrations.RemoveConstraint(model_name="attempt", name="attempt_news_known"),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.CheckConstraint(
                condition=models.Q(news__in=NEWS), name="attempt_news_known"
            ),
        ),
    ]
