"""The cast: six people who answer every access question, made by the same actions as everything
else.
"""

from dataclasses import dataclass

from dialog import rows
from dialog.actor import PLATFORM, Actor, Role
from dialog.conversations import actions as conversations
from dialog.demo import cast_prescriptions, cast_timebooks
from dialog.demo.contact import phone_of
from dialog.demo.listed import ORGANISATION, REGISTER_NUMBER
from dialog.demo.who import BORN, NAMES, number
from dialog.people import actions as people
from dialog.people import queries
from dialog.people.policy import Profession, ProxyKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Everybody as they act: Kari for herself and for her son Ola; Dr Lund, Siri and Nina at
    Storgata.

    Per is on the same list as Kari; Anne is on the team's list. Dr Berg works elsewhere, Bjarne is
    his
    patient: they must see nothing. Even helps Storgata with the technical, and sees no patient.
    """

    kari: Actor
    kari_for_ola: Actor
    per: Actor
    anne: Actor
    lund: Actor
    siri: Actor
    nina: Actor
    berg: Actor
    bjarne: Actor
    even: Actor


def make() -> None:
    """Make two practices and the people around them; in the owner's role."""
    with rows.seeing(scope="setup"):
        storgata = people.open_practice(
            by=PLATFORM,
            name="Storgata legesenter",
            phone="22334455",
            address="Storgata 1, 0155 Oslo",
            organisation_number=ORGANISATION,
        )
        fjord = people.open_practice(
            by=PLATFORM,
            name="Fjordgløtt legekontor",
            phone="55667788",
            address="Strandgaten 2, Bergen",
        )
        accounts = {who: _account(who) for who in NAMES if who != "ola"}
        lund = _doctor(storgata.id, "lund", accounts["lund"], specialist=True)
        berg = _doctor(fjord.id, "berg", accounts["berg"])
        for who, role in (
            ("siri", Role.STAFF),
            ("nina", Role.NURSE),
            ("even", Role.SUPPORT),
        ):
            people.add_member(
                by=PLATFORM, practice_id=storgata.id, account_id=accounts[who], role=role
            )
        nurse = people.add_practitioner(
            by=PLATFORM,
            practice_id=storgata.id,
            name="Nina Vik",
            profession=Profession.NURSE,
            account_id=accounts["nina"],
        )
        people.add_practitioner(
            by=PLATFORM, practice_id=storgata.id, name="Laboratoriet", profession=Profession.LAB
        )
        lists = {
            "lund": _list(storgata.id, practitioner_id=lund),
            "team": _list(storgata.id, name="Fellesliste Storgata", team=(lund, nurse.id)),
            "berg": _list(fjord.id, practitioner_id=berg),
        }
        for owner, register_number in REGISTER_NUMBER.items():
            people.connect_list(by=PLATFORM, list_id=lists[owner], register_number=register_number)
        patients = {
            who: _patient(who, lists[owner])
            for who, owner in (
                ("kari", "lund"),
                ("ola", "lund"),
                ("per", "lund"),
                ("anne", "team"),
                ("bjarne", "berg"),
            )
        }
        people.grant_proxy(
            by=PLATFORM,
            patient_id=patients["ola"],
            account_id=accounts["kari"],
            kind=ProxyKind.PARENT,
        )
    cast = find()
    for one in (cast.kari, cast.kari_for_ola, cast.per, cast.anne, cast.bjarne):
        people.say_yes(by=one)
    for doctor in (cast.lund, cast.berg):
        _open_office(doctor)
    cast_timebooks.make(lund=cast.lund, siri=cast.siri, berg=cast.berg)
    cast_prescriptions.write_down(cast.siri, kari=cast.kari, per=cast.per)


def _account(who: str) -> int:
    return people.register_account(
        by=PLATFORM, identity_number=number(who), name=" ".join(NAMES[who])
    ).id


def _doctor(practice_id: int, who: str, account_id: int, *, specialist: bool = False) -> int:
    people.add_member(
        by=PLATFORM, practice_id=practice_id, account_id=account_id, role=Role.PRACTITIONER
    )
    return people.add_practitioner(
        by=PLATFORM,
        practice_id=practice_id,
        name=" ".join(NAMES[who]),
        account_id=account_id,
        specialist=specialist,
    ).id


def _list(
    practice_id: int,
    *,
    practitioner_id: int | None = None,
    name: str = "",
    team: tuple[int, ...] = (),
) -> int:
    made = people.open_list(
        by=PLATFORM,
        practice_id=practice_id,
        practitioner_id=practitioner_id,
        name=name,
        team=team,
    )
    conversations.open_services(by=PLATFORM, list_id=made.id)
    return made.id


def _patient(who: str, list_id: int) -> int:
    given, family = NAMES[who]
    patient = people.register_patient(
        by=PLATFORM,
        identity_number=number(who),
        given_name=given,
        family_name=family,
        born=BORN[who],
        phone="" if who == "ola" else phone_of(who),
    )
    people.assign_gp(by=PLATFORM, patient_id=patient.id, list_id=list_id)
    return patient.id


def _open_office(by: Actor) -> None:
    with rows.seeing(practice=by.practice_id):
        office = queries.office_by_id(by.practice_id or 0)
    people.change_practice(
        by=by,
        name=office.name,
        phone=office.phone,
        address=office.address,
        opening_hours="Mandag til fredag 8–15.30",
    )


def find() -> Cast:
    """The cast as actors, found by their identity numbers."""
    kari = _patient_actor("kari")
    return Cast(
        kari=kari,
        kari_for_ola=_for_ola(kari),
        per=_patient_actor("per"),
        anne=_patient_actor("anne"),
        lund=_practice_actor("lund"),
        siri=_practice_actor("siri"),
        nina=_practice_actor("nina"),
        berg=_practice_actor("berg"),
        bjarne=_patient_actor("bjarne"),
        even=_practice_actor("even"),
    )


def _account_id(who: str) -> int:
    with rows.seeing(scope="door"):
        account = queries.account_at_the_door(number(who))
        if account is None:
            raise LookupError(who)
        return account.id


def _patient_actor(who: str) -> Actor:
    account = _account_id(who)
    with rows.seeing(account=account):
        actor = queries.patient_actor(account)
    if actor is None:
        raise LookupError(who)
    return actor


def _for_ola(kari: Actor) -> Actor:
    account = kari.account_id or 0
    with rows.seeing(account=account):
        ola = next(one for one in queries.represented_by(account) if one.name == "Ola Nordmann")
        actor = queries.patient_actor(account, acting_for=ola.uuid)
    if actor is None:
        raise LookupError("ola")
    return actor


def _practice_actor(who: str) -> Actor:
    account = _account_id(who)
    with rows.seeing(account=account):
        actor = queries.practice_actor(account)
    if actor is None:
        raise LookupError(who)
    return actor
