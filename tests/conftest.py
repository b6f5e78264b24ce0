"""What every test stands on: a closed network, a real worker where it is asked for, and a browser that stays here."""

import ipaddress
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.db import connection
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer
from redis import Redis

from moderation.graph.client import GraphClient
from moderation.graph.simulator import World, serve
from moderation.store import Store
from scripts import pictures
from tests import make, services

ROOT = Path(__file__).parent.parent
QUEUES = "fresh,sweep,media,arkiv"
# What a browser asks itself for; nobody else hears it.
WITHIN = ("data:", "blob:", "about:", "chrome:", "devtools:")


# --- The network ------------------------------------------------------------------------------------------------


class NetworkClosed(RuntimeError):
    """A test tried to reach another machine."""


def _close_network(event: str, args: tuple) -> None:
    if event in {"socket.connect", "socket.sendto"}:
        address = args[1]
        if isinstance(address, tuple) and not _is_here(address[0]):
            raise NetworkClosed(f"{event} {address[:2]}")
    elif event == "socket.getaddrinfo" and not _is_here(args[0]):
        raise NetworkClosed(f"{event} {args[0]}")


def _is_here(host: str | bytes | None) -> bool:
    name = host.decode() if isinstance(host, bytes) else host or ""
    if name in {"", "localhost"}:
        return True
    try:
        return ipaddress.ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return False


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--pictures", type=Path, help="a folder where the walks put the pictures of the handbook")


def pytest_configure() -> None:
    # An audit hook hears every socket of this process, whoever opens it, and cannot be taken away again.
    sys.addaudithook(_close_network)


# --- Facebook, as the simulator plays it over HTTP --------------------------------------------------------------


class Clock:
    """Stands still until it is told to go."""

    def __init__(self) -> None:
        self.now = make.NOW

    def __call__(self) -> datetime:
        return self.now

    def go(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def world(clock: Clock) -> World:
    return World("1036844829507460", "Ljusnarsbergs kommun", clock)


@pytest.fixture
def graph(world: World) -> Iterator[GraphClient]:
    """The product's own client, with the world behind it."""
    server = serve(world)
    yield GraphClient(base_url=server.url, version="v26.0", token="demo-token", sleep=lambda seconds: None)
    server.close()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "arkiv")


@pytest.fixture(autouse=True)
def empty_place() -> None:
    """Nothing of what an earlier test has stored."""
    shutil.rmtree(settings.STORE_DIR, ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def nobody_holds_the_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """When all is over: a thread or a killed process that still holds a connection must not keep the database alive."""
    yield
    with django_db_blocker.unblock():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )


# --- A real worker ----------------------------------------------------------------------------------------------


@pytest.fixture
def start_worker(transactional_db: None, tmp_path: Path) -> Iterator[Callable[..., None]]:
    """start_worker(GRAPH_URL=…): a real Celery worker on the test database, until the test ends."""
    running: list[subprocess.Popen] = []
    _empty_queues()

    def start(**environment: str) -> None:
        log = tmp_path / "worker.log"
        switches = ["-c", "1", "-Q", QUEUES, "--without-gossip", "--without-mingle", "--loglevel", "INFO"]
        command = [sys.executable, "-m", "celery", "-A", "sociala_medier", "worker", *switches]
        given = _worker_environment() | environment
        with log.open("wb") as out:
            process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=given,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
                preexec_fn=lambda: services.die_with_parent(signal.SIGKILL),
            )
        running.append(process)
        _wait_until_ready(process, log)

    yield start
    for process in running:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@pytest.fixture
def worker(start_worker: Callable[..., None]) -> None:
    """A real Celery worker with the settings of the tests."""
    start_worker()


def _empty_queues() -> None:
    """Of what other tests have sent, and what their workers have left."""
    with Redis.from_url(settings.REDIS_URL) as broker:
        broker.delete(*QUEUES.split(","), "unacked", "unacked_index")


def _worker_environment() -> dict[str, str]:
    """The product's own settings, pointing at the test's database."""
    url = urlsplit(os.environ["DATABASE_URL"])
    name = connection.settings_dict["NAME"]
    path = name if url.scheme.startswith("sqlite") else f"/{name}"
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "sociala_medier.settings",
        "DATABASE_URL": urlunsplit(url._replace(path=path)),
    }


def _wait_until_ready(process: subprocess.Popen, log: Path) -> None:
    give_up = time.monotonic() + 60
    while " ready." not in log.read_text(errors="replace"):
        if process.poll() is not None or time.monotonic() > give_up:
            pytest.fail(f"The worker did not start:\n{log.read_text(errors='replace')[-3000:]}")
        time.sleep(0.1)


# --- A real browser ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    # Playwright's synchronous side runs an event loop in this thread, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    args = [
        "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
    ]  # fmt: skip
    if os.geteuid() == 0:
        args.append("--no-sandbox")
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    return {**browser_type_launch_args, "executable_path": chromium, "args": args, "headless": True}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict, live_server: LiveServer) -> dict:
    here = {"base_url": live_server.url, "locale": "sv-SE", "timezone_id": "Europe/Stockholm"}
    return {**browser_context_args, **here}


@pytest.fixture(scope="session")
def being_answered() -> Iterator[set[int]]:
    """The server's threads that are at a request just now."""
    threads: set[int] = set()

    def begin(**_: object) -> None:
        threads.add(threading.get_ident())

    def end(**_: object) -> None:
        threads.discard(threading.get_ident())

    request_started.connect(begin)
    request_finished.connect(end)
    yield threads
    request_started.disconnect(begin)
    request_finished.disconnect(end)


@pytest.fixture
def context(context: BrowserContext, live_server: LiveServer, being_answered: set[int]) -> Iterator[BrowserContext]:
    """Fails the test if the browser asks another host for anything, or complains in its console."""
    strangers: list[str] = []
    complaints: list[str] = []

    def note_stranger(url: str) -> None:
        if not url.startswith((live_server.url, *WITHIN)):
            strangers.append(url)

    def note_complaint(message: ConsoleMessage) -> None:
        # A page answered with 403 or 404 on purpose is said here too; a missing style sheet or script is our fault.
        address = message.location.get("url", "")
        meant = message.text.startswith("Failed to load resource") and "/static/" not in address
        if message.type == "error" and not meant:
            complaints.append(f"{message.text} ({address})")

    context.on("request", lambda request: note_stranger(request.url))
    context.on("console", note_complaint)
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    yield context
    # What the page still asks for when the test is over would find the database closed, and be laid at the next test's door.
    context.close()
    give_up = time.monotonic() + 30
    while being_answered - {threading.get_ident()} and time.monotonic() < give_up:
        time.sleep(0.02)
    assert not strangers, f"The browser asked other hosts: {strangers}"
    assert not complaints, f"The browser complained: {complaints}"


@pytest.fixture
def picture(pytestconfig: pytest.Config, tmp_path: Path) -> Callable[[Locator, str], None]:
    """picture(part, name): that part of the page as the handbook shows it, in the folder of --pictures if there is one."""

    def take(part: Locator, name: str) -> None:
        place = pytestconfig.getoption("--pictures") or tmp_path
        part.page.evaluate("document.activeElement.blur()")
        pictures.save(pictures.read(part.screenshot(animations="disabled")), place.resolve() / f"{name}.png")

    return take


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """axe(page): fails with a readable list if axe-core finds anything wrong on the page as it stands."""

    def scan(page: Page) -> None:
        # A click returns when the next page has begun to arrive; before its first byte is read there is nothing to scan.
        page.wait_for_load_state()
        results = Axe().run(page)
        assert results.response["passes"], "axe looked at nothing"
        found = [
            f"{one['id']} ({one['impact']}): {one['help']}\n    " + "\n    ".join(node["html"] for node in one["nodes"])
            for one in results.response["violations"]
        ]
        assert not found, f"{page.url}\n" + "\n".join(found)

    return scan
