"""From an empty database, without the cast: an office starts, and a patient is found (show 0)."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from dialog import rows
from dialog.people import queries as people
from tests.doors import post
from tests.journeys.starting import DOCTOR, SECRETARY, csv, patients

PATIENTS = patients(30)


def signs_in(identity_number, side):
    """Somebody comes through the door, as in a demonstration: their browser, where they land."""
    with rows.seeing(scope="door"):
        cast = people.everybody_at_the_door(most=100)
    person = next(one for one in cast if one.identity_number == identity_number)
    client = Client()
    answer = post(client, reverse("identity:sign_in"), person=person.uuid, side=side)
    return client, answer.headers["Location"]


def the_list(page):
    """The address of the only list on the page of lists, as the doctor would click it."""
    start = page.index("/kontor/innstillinger/lister/") + len("/kontor/innstillinger/lister/")
    return page[start : start + 36]


def chosen(client, list_uuid, data):
    file = SimpleUploadedFile("liste.csv", data, content_type="text/csv")
    return post(client, reverse("workspace:list_file", args=[list_uuid]), file=file)


def hidden(page):
    return page.split('name="file" value="')[1].split('"')[0]


def test_an_office_starts_and_a_patient_is_found(started):
    eva, first_page = signs_in(DOCTOR, "practice")
    assert first_page == reverse("workspace:settings")
    assert "Kom i gang, Havna legekontor" in eva.get(first_page).content.decode()

    said = {"name": "Havna legekontor", "phone": "22334455", "address": "Havna 1, Moss"}
    post(
        eva, reverse("workspace:office_facts"), **said, opening_hours="8–15", show_staff_names="on"
    )
    post(
        eva,
        reverse("workspace:staff"),
        name="Mona Lie",
        identity_number=SECRETARY,
        role="staff",
    )
    list_uuid = the_list(eva.get(reverse("workspace:lists")).content.decode())

    preview = chosen(eva, list_uuid, csv(PATIENTS)).content.decode()
    assert "30 pasienter i filen" in preview
    assert PATIENTS[0] not in preview
    post(eva, reverse("workspace:import_list", args=[list_uuid]), file=hidden(preview))
    listed = eva.get(reverse("workspace:list_patients", args=[list_uuid])).content.decode()
    assert "30 pasienter er på listen" in listed

    for feature in ("appointment", "enquiry"):
        post(eva, reverse("workspace:switch_on", args=[list_uuid, feature]))
    post(eva, reverse("workspace:settings"))
    mona, monas_page = signs_in(SECRETARY, "practice")
    assert monas_page == reverse("workspace:inbox")
    assert mona.get(monas_page).status_code == 200

    with rows.seeing(scope="door"):
        account = people.account_at_the_door(SECRETARY)
        at_the_desk = people.practice_actor(account.id)
    with rows.seeing(practice=at_the_desk.practice_id):
        found = people.patients_found(at_the_desk, "Pasient7 Havn")
    assert [one.name for one in found] == ["Pasient7 Havn"]

    patient, patients_page = signs_in(PATIENTS[7], "patient")
    assert "Eva Strand" in patient.get(patients_page).content.decode()
    assert "Havna legekontor" in patient.get(reverse("portal:gp")).content.decode()


def test_a_file_with_a_fault_puts_in_nobody(started):
    eva, _page = signs_in(DOCTOR, "practice")
    list_uuid = the_list(eva.get(reverse("workspace:lists")).content.decode())
    broken = csv(PATIENTS).replace(PATIENTS[4].encode(), PATIENTS[4][:-2].encode())

    preview = chosen(eva, list_uuid, broken).content.decode()

    assert "Linje 6" in preview
    assert "Legg inn" not in preview
    listed = eva.get(reverse("workspace:list_patients", args=[list_uuid])).content.decode()
    assert "0 pasienter er på listen" in listed


def test_a_page_with_something_else_in_it_puts_in_nobody(started):
    eva, _page = signs_in(DOCTOR, "practice")
    list_uuid = the_list(eva.get(reverse("workspace:lists")).content.decode())

    answer = post(eva, reverse("workspace:import_list", args=[list_uuid]), file="tull")

    assert answer.status_code == 422
