"""``.env.example`` is the whole truth about settings."""

import ast
import re
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
READERS = {"text", "flag", "number", "secret", "one_of", "pairs", "words"}
# Nobody asks for a setting without its name; most files have no such word, and need not be parsed.
A_NAME = re.compile(r"""["'][A-Z][A-Z_]+["']""")
OF_THE_MACHINE = {"XDG_DATA_HOME", "XDG_RUNTIME_DIR", "DJANGO_SETTINGS_MODULE", "PATH"}


def names_read():
    """Every setting's name that the product asks the environment for."""
    found = set()
    sources = (source.read_text() for source in (CHECKOUT / "dialog").rglob("*.py"))
    for source in filter(A_NAME.search, sources):
        for node in ast.walk(ast.parse(source)):
            asked = None
            if isinstance(node, ast.Call) and node.args:
                called = node.func
                if isinstance(called, ast.Name) and called.id in READERS:
                    asked = node.args[0]
                if isinstance(called, ast.Attribute) and "environ" in ast.unparse(called.value):
                    asked = node.args[0]
            if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
                asked = node.slice
            if isinstance(asked, ast.Constant) and re.fullmatch(r"[A-Z][A-Z_]+", str(asked.value)):
                found.add(asked.value)
    return found - OF_THE_MACHINE


def lines_told():
    text = (CHECKOUT / ".env.example").read_text()
    return dict(re.findall(r"^(?:# )?([A-Z][A-Z_]+)=(.*)$", text, re.MULTILINE))


def test_every_setting_is_told_and_none_that_nobody_reads():
    assert set(lines_told()) == names_read()


@pytest.mark.parametrize(
    "name", ["SECRET_KEY", "IDENTITY_HASH_KEY", "SMS_TOKEN", "MESSAGE_KEYS_PASSWORD"]
)
def test_no_secret_has_a_value_that_somebody_might_keep(name):
    assert lines_told()[name] == ""
