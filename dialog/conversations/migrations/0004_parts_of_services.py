from django.db import migrations, models

FEATURES = [
    "appointment",
    "direct-booking",
    "appointment-youth",
    "renewal",
    "renewal-youth",
    "econsultation",
    "econsultation-files",
    "econsultation-youth",
    "enquiry",
    "enquiry-files",
    "enquiry-youth",
    "office-reply",
]
PARTS = [
    "appointment-youth",
    "renewal-youth",
    "econsultation-files",
    "econsultation-youth",
    "enquiry-files",
    "enquiry-youth",
    "office-reply",
]
NAMES = {"serviceswitch": "service_switch", "servicepause": "service_pause"}

# A list that has its switches gets the new ones as well, on, so that nothing changes for its
# patients; an empty text is one byte, the key it is written with.
OPENED = """
SELECT set_config('dialog.scope', 'setup', true);
INSERT INTO conversations_serviceswitch
    (patient_list_id, practice_id, feature, "on", notice, switched_by_id, switched_at)
SELECT said.patient_list_id, said.practice_id, part, true, '\\x00'::bytea, NULL, now()
FROM (SELECT DISTINCT patient_list_id, practice_id FROM conversations_serviceswitch) AS said
CROSS JOIN unnest(ARRAY[{parts}]) AS part;
SELECT set_config('dialog.scope', '', true);
"""
FORGOTTEN = """
SELECT set_config('dialog.scope', 'setup', true);
DELETE FROM conversations_serviceswitch WHERE feature IN ({parts});
DELETE FROM conversations_servicepause WHERE feature IN ({parts});
SELECT set_config('dialog.scope', '', true);
"""


def quoted(words: list[str]) -> str:
    """Words as a list for a statement."""
    return ", ".join(f"'{word}'" for word in words)


def unknown(table: str) -> migrations.RemoveConstraint:
    """Let the table take any feature for a moment."""
    return migrations.RemoveConstraint(model_name=table, name=f"{NAMES[table]}_feature_known")


def known(table: str) -> migrations.AddConstraint:
    """The features there are now."""
    return migrations.AddConstraint(
        model_name=table,
        constraint=models.CheckConstraint(
            condition=models.Q(feature__in=FEATURES),
            name=f"{NAMES[table]}_feature_known",
        ),
    )


class Migration(migrations.Migration):
    """A doctor switches parts of a service by themselves: files, the young, and answers."""

    dependencies = [("conversations", "0003_what_is_urgent")]

    operations = [
        unknown("servicepause"),
        unknown("serviceswitch"),
        known("servicepause"),
        known("serviceswitch"),
        migrations.RunSQL(
            OPENED.format(parts=quoted(PARTS)), FORGOTTEN.format(parts=quoted(PARTS))
        ),
    ]
