"""The product's settings, in a place of the benchmark's own: SQLite, unless DATABASE_URL says otherwise."""

import os

from tests.services import temporary_directory

PLACE = temporary_directory("benchmarks")
os.environ |= {
    "VAR_DIR": str(PLACE),
    "SECRET_KEY": "only-for-the-benchmarks-and-therefore-allowed-to-be-known-by-everybody",
    "DEBUG": "false",
    "HTTPS": "false",
    "GRAPH_URL": "http://127.0.0.1:9",
    "FACEBOOK_PAGE_ID": "",
    "FACEBOOK_PAGE_TOKEN": "benchmark-token",
    "FACEBOOK_APP_SECRET": "",
}
os.environ.setdefault("DATABASE_URL", f"sqlite:///{PLACE / 'benchmarks.sqlite3'}")

from sociala_medier.settings import *  # noqa: E402, F403  (only now is the environment as the benchmarks want it)
