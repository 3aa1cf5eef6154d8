from django.db import migrations, models

NEWS = [
    "booked",
    "moved",
    "cancelled",
    "changed",
    "refused",
    "unanswered",
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
    """A patient is told when the record system says no to a time, or has not answered."""

    dependencies = [("notifications", "0003_news_of_tasks")]

    operations = [
        migrations.RemoveConstraint(model_name="attempt", name="attempt_news_known"),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.CheckConstraint(
                condition=models.Q(news__in=NEWS), name="attempt_news_known"
            ),
        ),
    ]
