"""No template lies about unused, none shows a word that nobody gave it, and each component says what it needs."""

import re
from pathlib import Path

import pytest
from django.template import engines

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
NAMES = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html"))
CODE = [path for app in ("moderation", "arkiv", "sociala_medier") for path in (ROOT / app).rglob("*.py")]
# Django asks for these by name.
ASKED_FOR_BY_DJANGO = {
    "403.html",
    "403_csrf.html",
    "404.html",
    "500.html",
    "registration/login.html",
    "registration/password_change_form.html",
    "registration/password_change_done.html",
}
USE = re.compile(r'{%\s*(?:include|extends)\s+"([^"]+)"')
ASKED = re.compile(r'"([\w/]+\.html)"')


def source(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def used_by_templates() -> set[str]:
    return {used for name in NAMES for used in USE.findall(source(name)) if used != name}


def used_by_code() -> set[str]:
    return {used for path in CODE for used in ASKED.findall(path.read_text(encoding="utf-8"))}


def test_there_are_templates_to_look_at():
    assert {"base.html", "components/_icon.html"} <= set(NAMES)


def test_no_template_is_unused():
    assert set(NAMES) - used_by_templates() - used_by_code() - ASKED_FOR_BY_DJANGO == set()


def test_every_template_that_is_asked_for_exists():
    assert (used_by_templates() | used_by_code() | ASKED_FOR_BY_DJANGO) - set(NAMES) == set()


def test_every_partial_is_part_of_a_page():
    """What is only ever drawn alone is a page, and is not named with an underscore."""
    partials = {name for name in NAMES if Path(name).name.startswith("_")}
    # The paper draws its entries one by one.
    assert partials - used_by_templates() - {"arkiv/print/_entry.html"} == set()


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("components/")])
def test_a_component_opens_with_a_comment_that_says_what_it_needs(name):
    assert re.match(r"({% load [^%]+%})?{% comment %}\n.*\n", source(name)), name


@pytest.mark.parametrize("name", NAMES)
def test_a_template_is_sound_and_carries_no_style_or_script_of_its_own(name):
    engines["django"].get_template(name)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", source(name)) or name.startswith(
        "arkiv/print/"
    )


def test_a_word_that_nobody_gave_the_template_fails_the_test_that_draws_it():
    template = engines["django"].from_string("Hej {{ nobody }}!")
    with pytest.raises(pytest.fail.Exception, match="nobody"):
        template.render({})


def test_what_a_template_only_asks_about_may_be_absent():
    template = engines["django"].from_string("{% if nobody %}Hej {{ nobody }}!{% endif %}")
    assert template.render({}) == ""
