"""`.env.example` tells of every setting, and of nothing else."""

import ast
import io
import re
from collections.abc import Iterator
from itertools import pairwise

import environ
import pytest
from django.conf import settings

EXAMPLE = (settings.BASE_DIR / ".env.example").read_text("utf-8")
SETTING = re.compile(r"^#?\s*([A-Z][A-Z0-9_]*)=(.*)$")
READERS = ("sociala_medier/settings.py", "sociala_medier/management/commands/demo.py")
ENVIRONMENTS = {"env", "os.environ"}


def _told() -> dict[str, str]:
    return {match[1]: match[2] for line in EXAMPLE.splitlines() if (match := SETTING.match(line))}


def _read(source: str) -> Iterator[str]:
    """The constant names in `env.str("NAME")`, `os.environ.get("NAME")` and `os.environ["NAME"]`."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case (
                ast.Call(func=ast.Attribute(value=owner), args=[ast.Constant(value=str(name)), *_])
                | ast.Subscript(value=owner, slice=ast.Constant(value=str(name)))
            ) if ast.unparse(owner) in ENVIRONMENTS:
                yield name


def _all_read() -> set[str]:
    return {name for path in READERS for name in _read((settings.BASE_DIR / path).read_text("utf-8"))}


def test_the_reading_of_the_settings_finds_every_kind_of_reading():
    source = 'a = env.bool("A", default=False)\nb = os.environ.get("B")\nc = os.environ["C"]\nd = other.get("D")'
    assert list(_read(source)) == ["A", "B", "C"]
    assert "SECRET_KEY" in _all_read()


def test_every_setting_stands_in_the_example():
    assert sorted(_all_read() - set(_told())) == []


def test_everything_in_the_example_is_a_setting():
    assert sorted(set(_told()) - _all_read()) == []


def test_no_setting_is_told_twice():
    names = [match[1] for line in EXAMPLE.splitlines() if (match := SETTING.match(line))]
    assert len(names) == len(set(names))


def test_each_setting_has_a_sentence_above_it():
    lines = EXAMPLE.splitlines()
    bare = [line for above, line in pairwise(lines) if SETTING.match(line) and len(above) < 30]
    assert bare == []


def test_an_untouched_copy_changes_nothing(monkeypatch):
    monkeypatch.setattr(environ.Env, "ENVIRON", {})
    environ.Env.read_env(io.StringIO(EXAMPLE))
    assert environ.Env.ENVIRON == {}


@pytest.mark.parametrize("name", ["KOMMUN", "GRAPH_URL", "GRAPH_VERSION", "OPPETTIDER", "NAMNDER"])
def test_the_defaults_told_are_the_defaults_there_are(name):
    source = (settings.BASE_DIR / READERS[0]).read_text("utf-8")
    default = re.search(rf'"{name}", default="?([^")]*)"?\)', source)
    assert default is not None
    assert _told()[name] == default[1]
