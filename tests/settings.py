"""The product's settings, with servers, places and secrets of the tests' own."""

import os

from tests.services import start_missing, temporary_directory

start_missing()
if worker := os.environ.get("PYTEST_XDIST_WORKER"):
    # Each process of pytest-xdist has a database of its own in Redis too.
    os.environ["REDIS_URL"] = os.environ["REDIS_URL"].rpartition("/")[0] + f"/{int(worker.removeprefix('gw')) + 1}"
os.environ |= {
    "VAR_DIR": str(temporary_directory("var")),
    "SECRET_KEY": "only-for-the-tests-and-therefore-allowed-to-be-known-by-everybody",
    "DEBUG": "false",
    "HTTPS": "false",
    "ALLOWED_HOSTS": "localhost,127.0.0.1,testserver",
    "GRAPH_URL": "http://127.0.0.1:9",
    "FACEBOOK_PAGE_ID": "",
    "FACEBOOK_PAGE_TOKEN": "",
    "FACEBOOK_APP_ID": "",
    "FACEBOOK_APP_SECRET": "",
    "FACEBOOK_VERIFY_TOKEN": "",
}

from sociala_medier.settings import *  # noqa: E402, F403  (only now is the environment as the tests want it)

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# The live server's threads would keep theirs beyond the last test, and hinder the database from being taken away.
DATABASES["default"]["CONN_MAX_AGE"] = 0  # noqa: F405
