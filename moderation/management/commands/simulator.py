"""manage.py simulator: the demonstration's Facebook on a port of this machine, until it is told to stop."""

import errno
import json
import signal
from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from moderation.graph import scenario
from moderation.graph.simulator import Server, World, serve

DEFAULT_PORT = 8090


class Command(BaseCommand):
    help = "Spelar Facebook på den här datorn, med en påhittad kommunsida."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=DEFAULT_PORT, help=f"port att svara på ({DEFAULT_PORT})")

    def handle(self, *args: Any, port: int, **options: Any) -> None:
        told_to_stop = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: told_to_stop.set())
        world = scenario.build(_started_at(Path(settings.VAR_DIR) / "simulator.json"), lambda: datetime.now(UTC))
        server = _serve(world, port)
        self.stdout.write(f"Simulatorn svarar på {server.url} för sidan {world.page_id}.")
        self.stdout.flush()
        told_to_stop.wait()
        server.close()


def _started_at(file: Path) -> datetime:
    """The moment of the first start, so that a second one goes on in the same world."""
    try:
        return datetime.fromisoformat(json.loads(file.read_text("utf-8"))["started_at"])
    except FileNotFoundError:
        now = datetime.now(UTC).replace(microsecond=0)
        file.write_text(json.dumps({"started_at": now.isoformat()}), "utf-8")
        return now
    except (KeyError, TypeError, ValueError) as error:
        raise CommandError(f"Filen {file} går inte att läsa. Ta bort den för att börja om.") from error


def _serve(world: World, port: int) -> Server:
    try:
        return serve(world, port)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise CommandError(f"Port {port} är upptagen. Välj en annan med --port.") from error
        raise CommandError(f"Port {port} går inte att använda: {error.strerror}.") from error
    except OverflowError as error:
        raise CommandError("En port är ett tal mellan 0 och 65535.") from error
