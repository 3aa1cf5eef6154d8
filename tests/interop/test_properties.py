"""The profile's properties: what must be there, what is understood all the same, what never is."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as some

from dialog.interop.ports import BusFault, Delivery, Unreadable
from dialog.interop.properties import NotForProperties, Properties, read, written
from tests.interop.envelopes import envelope

MANDATORY = ["toHerId", "fromHerId", "subject", "applicationTimeStamp", "content-type"]


def without(properties: Properties, name: str) -> Properties:
    if name == "subject":
        return replace(properties, subject="")
    if name == "content-type":
        return replace(properties, content_type="")
    told = {key: value for key, value in properties.application.items() if key != name}
    return replace(properties, application=told)


def with_application(**told: object) -> Properties:
    properties = written(envelope())
    return replace(properties, application={**properties.application, **told})


def delivered(properties: Properties) -> Delivery:
    heard = read(properties, b"body", "8141704_async")
    assert isinstance(heard, Delivery)
    return heard


class TestThereAndBack:
    def test_everything_an_envelope_says_arrives(self) -> None:
        said = envelope(
            reply_to="8141703_syncreply",
            correlation_id=str(uuid4()),
            agreement="3e2b6d0c-0d3d-4a45-8b5c-6e0d5b1d2f11",
            ttl=15.0,
        )

        heard = delivered(written(said))

        assert heard == Delivery(envelope=said, body=b"body", queue="8141704_async")

    def test_without_a_correlation_id_it_is_the_message_id(self) -> None:
        said = envelope()

        assert delivered(written(said)).envelope.correlation_id == str(said.message_id)

    def test_her_ids_are_written_as_integers(self) -> None:
        told = written(envelope(8141703, 8141704)).application

        assert (told["fromHerId"], told["toHerId"]) == (8141703, 8141704)

    def test_an_error_arrives_with_what_it_is_about(self) -> None:
        fault = BusFault(
            condition="transport:expired-certificate",
            original_id=str(uuid4()),
            description="A certificate is outside its period of validity",
            data=("a", "b"),
            received_at=datetime(2026, 5, 15, 9, 20, tzinfo=UTC),
        )

        assert delivered(written(envelope(fault=fault))).envelope.fault == fault


class TestWhatMustBeThere:
    @pytest.mark.parametrize("name", MANDATORY)
    def test_what_is_missing_is_named(self, name: str) -> None:
        heard = read(without(written(envelope()), name), b"body", "8141704_async")

        assert isinstance(heard, Unreadable)
        assert heard.missing == (name,)
        assert heard.body == b"body"

    def test_all_that_is_missing_is_named_at_once(self) -> None:
        heard = read(Properties(), b"", "8141704_async")

        assert isinstance(heard, Unreadable)
        assert list(heard.missing) == MANDATORY

    @pytest.mark.parametrize("value", [0, -1, 2**31, True, "12a", "١٢٣", "", None, 3.5, b"12"])
    def test_what_is_no_her_id_is_missing(self, value: object) -> None:
        heard = read(with_application(fromHerId=value), b"", "8141704_async")

        assert isinstance(heard, Unreadable)
        assert heard.missing == ("fromHerId",)
        assert heard.receiver == 8141704


class TestWhatIsUnderstoodAllTheSame:
    def test_a_her_id_in_digits(self) -> None:
        heard = delivered(with_application(fromHerId="8141703"))

        assert heard.envelope.sender == 8141703
        assert heard.tolerated == ("her-id-as-text",)

    def test_a_time_in_a_text(self) -> None:
        heard = delivered(with_application(applicationTimeStamp="2026-05-15T11:20:30+02:00"))

        assert heard.envelope.sent_at == datetime(2026, 5, 15, 9, 20, 30, tzinfo=UTC)
        assert heard.tolerated == ("timestamp-as-text",)

    @pytest.mark.parametrize(
        ("given_id", "name"), [("abc-1", "message-id-not-uuid"), (None, "message-id-missing")]
    )
    def test_a_message_id_that_is_none_is_the_same_each_time(
        self, given_id: object, name: str
    ) -> None:
        properties = replace(written(envelope()), message_id=given_id)

        first, again = delivered(properties), delivered(properties)

        assert first.envelope.message_id == again.envelope.message_id
        assert first.tolerated == (name,)

    def test_a_message_id_of_the_type_uuid_is_as_good_as_its_text(self) -> None:
        said = UUID("3e2b6d0c-0d3d-4a45-8b5c-6e0d5b1d2f11")

        heard = delivered(replace(written(envelope()), message_id=said))

        assert heard.envelope.message_id == said
        assert heard.tolerated == ()


class TestNothingAboutAPatient:
    @pytest.mark.parametrize(
        "field",
        [
            {"function": "ONT I KNEET"},
            {"to": "kø med mellomrom"},
            {"correlation_id": "Kari Nordmann"},
            {"correlation_id": "15838000099"},
            {"correlation_id": "158380 00099"},
            {"agreement": "15838000099"},
            {"reply_to": "Kari Nordmann"},
            {"content_type": "text/plain; name=Kari Nordmann"},
            {"fault": BusFault(condition="a", description="Fødselsnummer 15838000099")},
            {"fault": BusFault(condition="a", data=("15838000099",))},
            {"fault": BusFault(condition="a", original_id="Kari Nordmann")},
        ],
    )
    def test_what_does_not_belong_outside_the_encryption_is_refused(
        self, field: dict[str, object]
    ) -> None:
        with pytest.raises(NotForProperties) as refused:
            written(envelope(**field))

        assert "15838000099" not in str(refused.value)
        assert "Kari" not in str(refused.value)

    def test_ids_with_many_digits_are_no_identity_numbers(self) -> None:
        said = envelope(
            correlation_id="12345678-1234-1234-1234-123456789012",
            reply_to="reply.12345678901abcdef",
        )

        assert delivered(written(said)).envelope.correlation_id == said.correlation_id


values = some.none() | some.integers() | some.text(max_size=20) | some.booleans() | some.uuids()


@given(
    some.builds(
        Properties,
        message_id=values | some.binary(max_size=20),
        subject=some.text(max_size=20),
        content_type=some.text(max_size=20),
        application=some.dictionaries(
            some.sampled_from([*MANDATORY, "cpaId", "errorCondition", "errorConditionData"]), values
        ),
    ),
    some.binary(max_size=50),
)
def test_whatever_comes_is_a_delivery_or_what_it_lacks(properties: Properties, body: bytes) -> None:
    heard = read(properties, body, "queue")

    assert isinstance(heard, Delivery) or heard.missing
