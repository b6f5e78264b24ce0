"""The settings as a process of its own reads them, with nothing but what is given here."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def django(tmp_path, *command, **environment):
    given = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "sociala_medier.settings"}
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=given | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def told(tmp_path, expression, **environment):
    """The value of a setting, as text."""
    code = f"from django.conf import settings; print({expression})"
    return django(tmp_path, "shell", "-v0", "-c", code, **environment).stdout.strip()


def test_without_debug_a_missing_secret_key_refuses_and_says_what_to_set(tmp_path):
    refused = django(tmp_path, "check")
    assert refused.returncode != 0
    assert "Sätt miljövariabeln SECRET_KEY" in refused.stderr


@pytest.mark.parametrize(
    "expression",
    [
        "settings.SESSION_COOKIE_SECURE",
        "settings.CSRF_COOKIE_SECURE",
        "settings.SECURE_SSL_REDIRECT",
        "settings.SECURE_HSTS_SECONDS > 0",
        "not settings.DEBUG",
        "settings.ALLOWED_HOSTS == []",
    ],
)
def test_no_default_is_insecure(tmp_path, expression):
    assert told(tmp_path, expression, SECRET_KEY="x" * 60) == "True"


def test_the_embedded_default_is_a_sqlite_file_with_immediate_transactions(tmp_path):
    expression = "settings.DATABASES['default']['NAME'], settings.DATABASES['default']['OPTIONS']['transaction_mode']"
    assert str(tmp_path) in told(tmp_path, expression, DEBUG="1")
    assert "IMMEDIATE" in told(tmp_path, expression, DEBUG="1")


def test_a_database_url_leads_to_postgresql(tmp_path):
    url = "postgres://sm@db.kommun.example:5433/sm"
    assert "postgresql" in told(tmp_path, "settings.DATABASES['default']['ENGINE']", DEBUG="1", DATABASE_URL=url)


def test_an_address_of_a_mail_server_is_taken_apart(tmp_path):
    url = "smtp+tls://namn:hemligt@smtp.kommun.example:587"
    expression = "settings.EMAIL_CONFIGURED, settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS"
    assert told(tmp_path, expression, DEBUG="1", EMAIL_URL=url) == "True smtp.kommun.example 587 True"
    assert told(tmp_path, "settings.EMAIL_CONFIGURED", DEBUG="1") == "False"


def test_letters_can_be_put_in_a_folder_instead(tmp_path):
    expression = "settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH"
    said = told(tmp_path, expression, DEBUG="1", EMAIL_URL=f"filemail:///{tmp_path}/brev")
    assert said == f"django.core.mail.backends.filebased.EmailBackend {tmp_path}/brev"
