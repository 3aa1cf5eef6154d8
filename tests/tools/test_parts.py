"""The parts list is one that other tools read, and leaves nothing out."""

import json

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from tools import locked, parts
from tools.docs import ROOT

WRITTEN = (ROOT / "dialog" / "parts.cdx.json").read_text()
COMPONENTS = json.loads(WRITTEN)["components"]
SCOPES = {"run": "required", "amqp": "optional", "develop": "excluded"}


def test_it_is_written_as_the_schema_wants_it():
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(WRITTEN) is None
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(WRITTEN.replace('"MIT"', '"MT"'))


def test_everything_that_is_locked_is_in_it_and_nothing_else():
    listed = {
        ("/".join(filter(None, (one.get("group"), one["name"]))), one["version"], one["scope"])
        for one in COMPONENTS
    }

    assert listed == {(one.name, one.version, SCOPES[one.use]) for one in locked.everything()}


def test_every_part_says_its_licence_and_what_is_delivered_its_hashes():
    hashed = [one for one in COMPONENTS if one["scope"] != "excluded"]

    assert [one["name"] for one in COMPONENTS if not one["licenses"]] == []
    assert len(hashed) > 40
    assert [one["name"] for one in hashed if not one["externalReferences"][0]["hashes"]] == []


def test_a_part_without_a_licence_stops_it(monkeypatch):
    monkeypatch.setattr(parts, "licence", lambda package: "")

    with pytest.raises(ValueError, match="says nothing about its licence"):
        parts.parts_list()
