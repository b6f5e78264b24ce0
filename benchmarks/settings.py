"""The product's settings, in a place of each process' own. A DATABASE_URL of somebody else is never written to."""

import os

from tests.services import temporary_directory

PLACE = temporary_directory("benchmarks")
os.environ |= {
    "VAR_DIR": str(PLACE),
    "DATABASE_URL": os.environ.get("BENCHMARK_DATABASE_URL", f"sqlite:///{PLACE / 'benchmarks.sqlite3'}"),
    "SECRET_KEY": "only-for-the-benchmarks-and-therefore-allowed-to-be-known-by-everybody",
    "DEBUG": "false",
    "HTTPS": "false",
    "ALLOWED_HOSTS": "testserver",
    "GRAPH_URL": "http://127.0.0.1:9",
    "FACEBOOK_PAGE_ID": "",
    "FACEBOOK_PAGE_TOKEN": "benchmark-token",
    "FACEBOOK_APP_SECRET": "",
}

from sociala_medier.settings import *  # noqa: E402, F403  (only now is the environment as the benchmarks want it)

# What the pages are compared with; the product itself has none.
INSTALLED_APPS = ["django.contrib.admin", *INSTALLED_APPS]  # noqa: F405
TEMPLATES = [{**TEMPLATES[0], "APP_DIRS": True}]  # noqa: F405
ROOT_URLCONF = "benchmarks.admin"
# The database's own process counts its seconds from when it was connected to.
DATABASES["default"]["CONN_MAX_AGE"] = None  # noqa: F405
