"""The addresses of the settings pages."""

from dialog.ui.routes import practice
from dialog.workspace.views.settings import (
    days_and_duties,
    facts,
    followed,
    kept,
    list_file,
    lists,
    overview,
    patients,
    renewal_rules,
    services,
    staff,
    substitutes,
    timebooks,
)

BOTH = ("GET", "POST")
POST = ("POST",)
HERE = "innstillinger"
LIST = f"{HERE}/lister/<uuid:list_uuid>"
SERVICES = f"{HERE}/tjenester/<uuid:list_uuid>"

urlpatterns = [
    practice(HERE, overview.settings, "settings", methods=BOTH),
    practice(f"{HERE}/kontoret", facts.office_facts, "office_facts", methods=BOTH),
    practice(f"{HERE}/ansatte", staff.staff, "staff", methods=BOTH),
    practice(
        f"{HERE}/ansatte/<uuid:account_uuid>/ta-bort",
        staff.remove_colleague,
        "remove_colleague",
        methods=BOTH,
    ),
    practice(
        f"{HERE}/ansatte/<uuid:account_uuid>/dager",
        staff.colleague_days,
        "colleague_days",
        methods=BOTH,
    ),
    practice(f"{HERE}/timeboker", timebooks.timebooks, "timebooks", methods=BOTH),
    practice(
        f"{HERE}/timeboker/<uuid:practitioner_uuid>", timebooks.timebook, "timebook", methods=BOTH
    ),
    practice(f"{HERE}/lister", lists.lists, "lists", methods=BOTH),
    practice(LIST, lists.change_list, "change_list", methods=BOTH),
    practice(f"{LIST}/fastlegeregisteret", followed.connect_list, "connect_list", methods=BOTH),
    practice(f"{LIST}/pasienter", patients.list_patients, "list_patients", methods=BOTH),
    practice(f"{LIST}/fil", list_file.list_file, "list_file", methods=BOTH),
    practice(f"{LIST}/fil/legg-inn", list_file.import_list, "import_list", methods=POST),
    practice(f"{LIST}/vikar", substitutes.substitutes, "substitutes", methods=BOTH),
    practice(
        f"{LIST}/vikar/<uuid:practitioner_uuid>",
        substitutes.end_substitute,
        "end_substitute",
        methods=BOTH,
    ),
    practice(
        f"{HERE}/nye-pasienter/<uuid:change_uuid>/ikke-spor",
        patients.take_back_gp_change,
        "take_back_gp_change",
        methods=POST,
    ),
    practice(
        "pasient/<uuid:patient_uuid>/liste", patients.patients_list, "patients_list", methods=BOTH
    ),
    practice(f"{HERE}/stengte-dager", days_and_duties.closing_days, "closing_days", methods=BOTH),
    practice(
        f"{HERE}/stengte-dager/<str:day>/apne", days_and_duties.open_day, "open_day", methods=POST
    ),
    practice(f"{HERE}/oppgaver", days_and_duties.duties, "duties", methods=BOTH),
    practice(f"{HERE}/resepter", renewal_rules.renewal_rules, "renewal_rules", methods=BOTH),
    practice(f"{HERE}/oppbevaring", kept.kept, "kept"),
    practice(f"{HERE}/tjenester", services.services, "services"),
    practice(SERVICES, services.list_services, "list_services"),
    practice(f"{SERVICES}/pause", services.plan_pause, "plan_pause", methods=BOTH),
    practice(
        f"{SERVICES}/pause/<uuid:pause_uuid>/avlys",
        services.call_off_pause,
        "call_off_pause",
        methods=POST,
    ),
    practice(f"{SERVICES}/<slug:feature>", services.service_words, "service_words", methods=BOTH),
    practice(f"{SERVICES}/<slug:feature>/pa", services.switch_on, "switch_on", methods=POST),
    practice(f"{SERVICES}/<slug:feature>/av", services.switch_off, "switch_off", methods=BOTH),
]
