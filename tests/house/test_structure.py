"""How the house is built: what may import what, where addresses lead, how tables are tied."""

import re
import subprocess
import sys
from pathlib import Path

from django.apps import apps
from django.db import models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.urls import URLPattern, URLResolver, get_resolver

from dialog.ui.routes import Door, undeclared
from tests.house import the_house

OURS = [config for config in apps.get_app_configs() if config.name.startswith("dialog.")]
MODELS = [model for config in OURS for model in config.get_models()]
# The migrations may know how text is kept and how a number becomes a range; nothing else of ours.
KNOWN_TO_MIGRATIONS = {"dialog.content", "dialog.ranges"}
# An address takes a key, or one of these words, each from a short list of ours.
WORDS_IN_ADDRESSES = {
    "visning/<str:scheme>": "light or dark",
    "hurtigtaster/<str:choice>": "on or off",
    "sprak/<str:language>": "one of three languages",
    "innstillinger/stengte-dager/<str:day>/apne": "a day the office is closed",
}


def test_the_import_contracts_hold():
    script = Path(sys.executable).with_name("lint-imports")

    done = subprocess.run([script], cwd=the_house.ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout


class TestAddresses:
    def every(self, patterns):
        for one in patterns:
            if isinstance(one, URLResolver):
                yield from self.every(one.url_patterns)
            elif isinstance(one, URLPattern):
                yield one

    def test_each_says_whose_it_is(self):
        found = list(self.every(get_resolver().url_patterns))

        assert len(found) > 50
        assert undeclared(get_resolver().url_patterns) == []
        assert all(isinstance(one.callback.side, Door) for one in found)

    def test_none_carries_what_is_personal(self):
        routes = [str(one.pattern) for one in self.every(get_resolver().url_patterns)]
        taken = {kind for route in routes for kind in re.findall(r"<(\w+):", route)}

        assert taken <= {"uuid", "int", "slug", "str"}
        assert {route for route in routes if "<str:" in route} == WORDS_IN_ADDRESSES.keys()


class TestTables:
    def test_nothing_is_deleted_because_something_else_is(self):
        tied = [
            f"{model.__name__}.{field.name}"
            for model in MODELS
            for field in model._meta.get_fields()
            if isinstance(field, models.ForeignKey | models.OneToOneField)
            and field.remote_field.on_delete is not models.PROTECT
        ]

        assert tied == []

    def test_nothing_is_tied_to_just_anything(self):
        assert [one.__name__ for one in MODELS if one._meta.many_to_many] == []

    def test_no_two_constraints_share_a_name(self):
        names = [one.name for model in MODELS for one in model._meta.constraints]

        assert all(names)
        assert len(names) == len(set(names))


class TestMigrations:
    def test_there_is_one_line_of_them_in_each_room(self):
        loader = MigrationLoader(None, ignore_no_migrations=True)

        for config in OURS:
            leaves = loader.graph.leaf_nodes(config.label)
            assert len(leaves) <= 1, config.label

    def test_nothing_is_missing_from_them(self):
        written = MigrationLoader(None, ignore_no_migrations=True)
        now = ProjectState.from_apps(apps)

        changes = MigrationAutodetector(written.project_state(), now).changes(written.graph)

        assert changes.keys() & {config.label for config in OURS} == set()

    def test_they_know_nothing_of_ours_that_may_change(self):
        known = {}
        for path in the_house.files():
            name = str(path.relative_to(the_house.ROOT))
            if re.match(r"dialog/\w+/migrations/\d", name):
                imported = re.findall(
                    r"^\s*(?:from|import) (dialog[\w.]*)", path.read_text(), re.MULTILINE
                )
                known[name] = set(imported) - KNOWN_TO_MIGRATIONS

        assert len(known) > 5
        assert {name: found for name, found in known.items() if found} == {}
