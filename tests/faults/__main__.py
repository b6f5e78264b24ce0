"""python -m tests.faults --kills 500 --seed 1 [--database sqlite|postgresql]: kill the house, and see that nothing is lost."""

import argparse
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from sociala_medier import broker, ports
from tests import services

ROOT = Path(__file__).parent.parent.parent
# With signs that look different in an address, in base64 and in hexadecimal.
TOKEN = "EAAG/prov+nyckel=till~sidan?"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="postgresql")
    parser.add_argument("--keep", action="store_true", help="leave logs and rows where they are")
    given = parser.parse_args()
    place = Path(tempfile.mkdtemp(prefix="sociala-medier-faults-"))
    os.environ |= _environment(place, given.database)
    try:
        subprocess.run([sys.executable, "manage.py", "migrate", "-v", "0"], cwd=ROOT, check=True)
        arguments = [str(given.kills), str(given.seed)]
        return subprocess.run(
            [sys.executable, "-m", "tests.faults.round", *arguments], cwd=ROOT, check=False
        ).returncode
    finally:
        if given.keep:
            sys.stdout.write(f"logs and rows: {place}\n")
        else:
            shutil.rmtree(place, ignore_errors=True)


def _environment(place: Path, database: str) -> dict[str, str]:
    graph_port, web_port = ports.any_free(), ports.any_free()
    config, broker_url = broker.configure(place / "queue", ports.any_free())
    rows = services.start_postgresql() if database == "postgresql" else f"sqlite:///{place / 'rows.sqlite3'}"
    return {
        "DJANGO_SETTINGS_MODULE": "sociala_medier.settings",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "VAR_DIR": str(place / "var"),
        "DATABASE_URL": rows,
        "REDIS_URL": broker_url,
        "DEBUG": "false",
        "HTTPS": "false",
        "ALLOWED_HOSTS": "127.0.0.1",
        "GRAPH_URL": f"http://127.0.0.1:{graph_port}",
        "FACEBOOK_PAGE_ID": "104500000000001",
        "FACEBOOK_PAGE_TOKEN": "",
        "FACEBOOK_APP_ID": "",
        "FACEBOOK_APP_SECRET": secrets.token_hex(16),
        "FACEBOOK_VERIFY_TOKEN": secrets.token_hex(8),
        "PULL_SECONDS": "1",
        "EMAIL_URL": "",
        "NO_PROXY": "127.0.0.1",
        "no_proxy": "127.0.0.1",
        "PYTHONUNBUFFERED": "1",
        # What only the round itself reads.
        "FAULTS_TOKEN": f"{TOKEN}{secrets.token_hex(8)}",
        "FAULTS_WEB_PORT": str(web_port),
        "FAULTS_GRAPH_PORT": str(graph_port),
        "FAULTS_BROKER_CONFIG": str(config),
    }


if __name__ == "__main__":
    sys.exit(main())
