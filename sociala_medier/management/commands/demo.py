"""The demo's supervisor: starts the whole house with a Facebook of its own, and watches over it until it is stopped."""

import fcntl
import json
import os
import secrets
import shlex
import shutil
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

import requests
from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from moderation.graph import scenario
from sociala_medier import broker, ports
from sociala_medier.children import Children, Died, Stopped

FIRST_PORT = 8000
# What lies in VAR_DIR and is made by the demo; --reset takes away nothing else.
OWN = (
    "sociala_medier.sqlite3*",
    "celerybeat-schedule*",
    "arkiv",
    "inkommet",
    "prov",
    "ko",
    "log",
    "brev",
    "inkommet",
    "simulator*",
    "secret",
    "demo.*",
)
SERVER = (
    "gunicorn", "sociala_medier.wsgi", "--threads", "64", "--keep-alive", "75", "--graceful-timeout", "2",
    "--no-control-socket",
)  # fmt: skip
CELERY = ("celery", "-A", "sociala_medier")
WORKER = (*CELERY, "worker", "--without-gossip", "--without-mingle", "-l", "INFO")
# What is new waits for nothing else; history and films go side by side; paper by itself.
WORKERS = {"worker-fresh": ("fresh", "1"), "worker-sweep": ("sweep,media", "2"), "worker-arkiv": ("arkiv", "1")}
BEAT = (*CELERY, "beat", "--pidfile", "", "-l", "INFO")


class Command(BaseCommand):
    help = "Startar demonstrationen: hela systemet mot en simulerad Facebooksida. PORT väljer port. Ctrl-C avslutar."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--reset", action="store_true", help="glöm allt från förra gången och börja om")

    def handle(self, *, reset: bool, **options: Any) -> None:
        place: Path = settings.VAR_DIR
        with _alone(place) as lock:
            if reset:
                _forget(place)
            port = _web_port()
            address = f"http://127.0.0.1:{port}"
            _write(lock, address)
            simulator_port = _simulator_port(place / "simulator.port")
            own = _own_settings(place, simulator_port) | {"ADRESS": address}
            children = Children(place / "log", os.environ | own)
            children.listen()
            self._say("Demonstrationen startar.")
            try:
                _start_broker(children, place / "ko")
                _write_environment(place / "demo.env", children.environment, {*own, "REDIS_URL", "DATABASE_URL"})
                self._start(children, place, address, simulator_port)
                children.watch()
            except Stopped:
                self._say("Demonstrationen avslutas.")
            except Died as death:
                raise SystemExit(str(death)) from None
            finally:
                children.stop(last="broker")

    def _start(self, children: Children, place: Path, address: str, simulator_port: int) -> None:
        children.start("simulator", _manage("simulator", "--port", str(simulator_port)))
        children.wait_for(lambda: ports.listens(simulator_port), 60, "Simulatorn svarar inte.")
        logins = place / "demo.logins"
        children.run("demo_world", _manage("demo_world", "--logins", str(logins)))
        children.start("web", (sys.executable, "-m", *SERVER, "--bind", address.removeprefix("http://")))
        for name, (queues, processes) in WORKERS.items():
            children.start(name, (sys.executable, "-m", *WORKER, "-n", f"{name}@%h", "-Q", queues, "-c", processes))
        children.start("beat", (sys.executable, "-m", *BEAT))
        unwell = f"{address}/halsa svarar inte 200. Loggarna ligger i {children.log_directory}."
        children.wait_for(lambda: ports.is_well(address, "/halsa"), 90, unwell)
        _subscribe(f"http://127.0.0.1:{simulator_port}", address)
        self._welcome(address, place, json.loads(logins.read_text()))

    def _welcome(self, address: str, place: Path, logins: list[list[str]]) -> None:
        self._say(f"\nDemonstrationen är igång på  {address}/")
        self._say("")
        width = max(len(role) for role, _, _ in logins)
        for role, name, password in logins:
            self._say(f"  {role:<{width}}  {name:<10} lösenord  {password}")
        self._say(f"\nBrev som programmet skickar, även till en chef, blir filer i  {place / 'brev'}")
        self._say("\nCtrl-C avslutar. Allt finns kvar till nästa gång; --reset börjar om.")

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


def _subscribe(simulator: str, address: str) -> None:
    """From now on the simulated Facebook tells of what happens, as Facebook does."""
    asked = {"url": f"{address}/webhook/facebook/", "verify_token": scenario.VERIFY_TOKEN}
    with requests.Session() as session:
        # The machine's proxy knows nothing of our simulator.
        session.trust_env = False
        session.post(f"{simulator}/_kontroll/subscribe", json=asked, timeout=10).raise_for_status()


# --- One at a time ----------------------------------------------------------------------------------------------


@contextmanager
def _alone(place: Path) -> Iterator[TextIO]:
    """The lock says to whoever comes second where the first one is."""
    with (place / "demo.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise SystemExit(
                f"Demonstrationen är redan igång: {lock.read().strip() or 'den håller på att starta'}."
            ) from None
        _write(lock, "")
        yield lock


def _write(file: TextIO, text: str) -> None:
    file.truncate(0)
    file.write(text)
    file.flush()


def _forget(place: Path) -> None:
    if settings.DATABASES["default"]["NAME"] != str(place / "sociala_medier.sqlite3"):
        raise SystemExit(
            "--reset tömmer bara demonstrationens egen databas. Den som DATABASE_URL anger får du tömma själv."
        )
    for path in (path for pattern in OWN for path in place.glob(pattern) if path.name != "demo.lock"):
        shutil.rmtree(path) if path.is_dir() else path.unlink()


# --- Settings of the children -----------------------------------------------------------------------------------


def _own_settings(place: Path, simulator_port: int) -> dict[str, str]:
    """What else is set, a database or a broker for instance, stays as it is given."""
    return {
        "SECRET_KEY": os.environ.get("SECRET_KEY") or _secret(place / "secret"),
        "DJANGO_SETTINGS_MODULE": "sociala_medier.settings",
        "VAR_DIR": str(place),
        "DEBUG": "false",
        # Plain HTTP on this machine: a browser would not send back a cookie marked as secure.
        "HTTPS": "false",
        "ALLOWED_HOSTS": f"127.0.0.1,localhost,{socket.gethostname()}",
        "GRAPH_URL": f"http://127.0.0.1:{simulator_port}",
        "FACEBOOK_PAGE_ID": scenario.PAGE_ID,
        "FACEBOOK_PAGE_TOKEN": scenario.TOKEN,
        "FACEBOOK_APP_ID": scenario.APP_ID,
        "FACEBOOK_VERIFY_TOKEN": scenario.VERIFY_TOKEN,
        "FACEBOOK_APP_SECRET": scenario.APP_SECRET,
        "PULL_SECONDS": "15",
        # Letters become files that one can read.
        "EMAIL_URL": f"filemail:///{place / 'brev'}",
        # The machine's proxy knows nothing of our simulator.
        "NO_PROXY": "127.0.0.1,localhost",
        "no_proxy": "127.0.0.1,localhost",
        "PYTHONUNBUFFERED": "1",
    }


def _secret(path: Path) -> str:
    if not path.exists():
        _write_for_us(path, secrets.token_urlsafe(50))
    return path.read_text()


def _write_environment(path: Path, environment: dict[str, str], names: set[str]) -> None:
    """For whoever wants to ask the same house something: set -a; . var/demo.env; set +a"""
    lines = [f"{name}={shlex.quote(environment[name])}\n" for name in sorted(names) if name in environment]
    path.unlink(missing_ok=True)
    _write_for_us(path, "".join(lines))


def _write_for_us(path: Path, text: str) -> None:
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)


def _web_port() -> int:
    wish = os.environ.get("PORT")
    if not wish:
        return ports.next_free(FIRST_PORT)
    if not wish.isdecimal() or not 1 <= int(wish) <= 65535:
        raise SystemExit(f"PORT ska vara ett tal mellan 1 och 65535, inte {wish}.")
    if not ports.is_free(int(wish)):
        raise SystemExit(f"Port {wish} är upptagen eller inte tillåten. Välj en annan med PORT, eller ange ingen.")
    return int(wish)


def _simulator_port(file: Path) -> int:
    """The same as last time if it can be: the addresses of its pictures are remembered."""
    if not file.exists() or not ports.is_free(int(file.read_text())):
        file.write_text(str(ports.any_free()))
    return int(file.read_text())


def _start_broker(children: Children, place: Path) -> None:
    if not children.environment.get("REDIS_URL"):
        server = broker.find_server()
        if server is None:
            raise Died("Valkey saknas. Kör sh scripts/setup.sh demo, eller ange REDIS_URL.")
        config, children.environment["REDIS_URL"] = broker.configure(place, ports.any_free())
        children.start("broker", (server, str(config)))
    url = children.environment["REDIS_URL"]
    children.wait_for(lambda: broker.answers(url), 20, "Meddelandekön svarar inte. Stämmer REDIS_URL?")


def _manage(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments)
