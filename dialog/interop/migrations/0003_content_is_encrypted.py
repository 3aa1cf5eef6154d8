from django.db import connection, migrations

from dialog.content import Owner, seal_for
from dialog.content.plain import Table, encrypt, open_to_their_owner

OF_CONVERSATION = {
    "owner": "'conversation ' || one.conversation_id",
    "practice": "(SELECT practice_id FROM conversations_conversation AS c"
    " WHERE c.id = one.conversation_id)",
}
OF_PRACTICE = {"owner": "'practice ' || one.practice_id", "practice": "one.practice_id"}
PLATFORM = {"owner": "'platform'"}
PART = "conversations_blobpart"

TABLES = (
    Table("people_account", ["identity_number"], bound="uuid", **PLATFORM),
    Table("people_patient", ["identity_number"], bound="uuid", **PLATFORM),
    Table("people_gpchange", ["name"], bound="uuid", **OF_PRACTICE),
    Table("conversations_message", ["text"], bound="id", **OF_CONVERSATION),
    Table("conversations_attachment", ["name"], bound="id", owner="'file ' || one.blob"),
    Table("conversations_note", ["text"], bound="id", **OF_CONVERSATION),
    Table("conversations_followup", ["what", "done_how"], bound="id", **OF_CONVERSATION),
    Table(
        "conversations_task",
        ["what"],
        key="conversation_id",
        bound="conversation_id",
        **OF_CONVERSATION,
    ),
    Table("conversations_serviceswitch", ["notice"], **OF_PRACTICE),
    Table("conversations_servicepause", ["reason"], bound="uuid", **OF_PRACTICE),
    Table("appointments_appointmenttype", ["instructions"], bound="uuid", **OF_PRACTICE),
    Table("appointments_scheduleexception", ["note"], bound="uuid", **OF_PRACTICE),
    Table("appointments_calendarimport", ["name"], bound="id", **OF_PRACTICE),
    Table("appointments_appointment", ["overbooked_reason"], bound="id", **OF_CONVERSATION),
    Table(
        "renewals_prescription",
        ["name", "strength", "form", "dosage", "atc"],
        bound="uuid",
        **OF_PRACTICE,
    ),
    Table(
        "renewals_renewalitem", ["words", "comment", "explanation"], bound="id", **OF_CONVERSATION
    ),
    Table(
        "econsultations_carecard",
        [
            "what_we_think",
            "what_you_do",
            "when_and_where_to_contact",
            "who_follows_up_by_when",
        ],
        owner="'conversation ' || one.econsultation_id",
        practice="(SELECT practice_id FROM conversations_conversation AS c"
        " WHERE c.id = one.econsultation_id)",
        key="econsultation_id",
        bound="econsultation_id",
    ),
    Table("econsultations_template", ["title", "text"], bound="uuid", **OF_PRACTICE),
    Table("interop_wire", ["body"], key="transmission_id", **PLATFORM),
)


def encrypt_all(apps, schema_editor):
    names = [*(one.name for one in TABLES), "conversations_conversation", PART]
    with open_to_their_owner(names):
        for table in TABLES:
            encrypt(table)
        encrypt_files()


def encrypt_files():
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, blob, number FROM {PART}")
        for id, blob, number in cursor.fetchall():
            cursor.execute(f"SELECT part FROM {PART} WHERE id = %s", [id])
            part = bytes(cursor.fetchone()[0])
            kept = seal_for(Owner.of_file(blob), part, f"{PART}.part {blob} {number}")
            cursor.execute(f"UPDATE {PART} SET part = %s WHERE id = %s", [kept, id])


class Migration(migrations.Migration):
    """Encrypt everything that was written before content was encrypted.

    Here because this room stands above all that have content.
    """

    dependencies = [
        ("interop", "0002_row_security"),
        ("content", "0001_initial"),
        ("people", "0006_own_access_can_be_locked"),
        ("conversations", "0008_what_waits_is_counted_in_the_index"),
        ("appointments", "0007_asking_what_is_free"),
        ("renewals", "0004_what_a_look_showed"),
        ("econsultations", "0002_row_security"),
    ]

    operations = [migrations.RunPython(encrypt_all, migrations.RunPython.noop)]
