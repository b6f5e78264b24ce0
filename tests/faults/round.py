"""One round: the house and Facebook are started, everything is broken for a while, and then the books are compared."""

import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402  (only now may the rows be imported)
from django.utils import timezone  # noqa: E402

from moderation.actions.connect import connect  # noqa: E402
from moderation.graph.simulator import World, serve  # noqa: E402
from moderation.graph.simulator.webhooks import FIELDS  # noqa: E402
from moderation.models import Item, ItemVersion, Page, SyncRun, WebhookDelivery  # noqa: E402
from moderation.policy.terms import Lane, OrderState  # noqa: E402
from sociala_medier import broker, ports  # noqa: E402
from tests.faults import leaks  # noqa: E402
from tests.faults.churn import Churn, Weather  # noqa: E402
from tests.faults.hurry import Hurry  # noqa: E402
from tests.faults.killer import Killer  # noqa: E402
from tests.faults.ledger import Ledger, watch_server, watch_webhooks  # noqa: E402
from tests.faults.processes import House, NotInTime, wait_until  # noqa: E402
from tests.faults.verdict import Judge, Verdict  # noqa: E402

PATIENCE = 180.0
THROTTLED_FOR = 8.0
MOST_CALLS_WHILE_THROTTLED = 2


@dataclass
class Place:
    """Told by the environment that `python -m tests.faults` has made."""

    path: Path = Path(os.environ["VAR_DIR"]).parent
    token: str = os.environ["FAULTS_TOKEN"]
    web_port: int = int(os.environ["FAULTS_WEB_PORT"])
    graph_port: int = int(os.environ["FAULTS_GRAPH_PORT"])
    broker_config: str = os.environ["FAULTS_BROKER_CONFIG"]


class Round:
    def __init__(self, kills: int, seed: int) -> None:
        self.wanted, self.place, self.ledger = kills, Place(), Ledger()
        world = World(settings.FACEBOOK_PAGE_ID, settings.KOMMUN, timezone.now, self.place.token)
        world.tokens.app_secret, world.tokens.proof_required = settings.FACEBOOK_APP_SECRET, True
        watch_webhooks(world, self.ledger)
        self.world, self.server = world, serve(world, self.place.graph_port)
        watch_server(self.server, self.ledger)
        command = (str(broker.find_server()), self.place.broker_config)
        self.house = House(self.place.path, self.place.web_port, command)
        self.churn, self.weather, self.hurry = Churn(world, seed), Weather(world, seed), Hurry()
        self.killer = Killer(self.house, self.ledger, settings.REDIS_URL, seed)
        self.fell: list[str] = []
        self.rude: list[str] = []

    def run(self) -> Verdict:
        self._begin()
        wait_until(self._half, self.wanted * 10 + 60, "half of the kills", self._strike)
        self._throttle()
        wait_until(self._enough, self.wanted * 10 + 60, "all the kills", self._strike)
        restless = self._calm()
        self.house.end()
        verdict = Judge(self.world, self.churn, self.ledger, self.killer.kills).judge()
        verdict.unfinished += restless
        verdict.rude += self.rude
        self.house["broker"].start()
        wait_until(lambda: broker.answers(settings.REDIS_URL), 20, "the broker")
        for secret in (self.place.token, settings.FACEBOOK_APP_SECRET):
            verdict.leaked += leaks.found(secret, [self.place.path], settings.REDIS_URL)
        self.house["broker"].kill()
        return verdict

    def _begin(self) -> None:
        connect(page_id=settings.FACEBOOK_PAGE_ID, token=self.place.token, by=None, now=timezone.now())
        self.house.start()
        self.hurry.start()
        wait_until(lambda: ports.listens(self.place.web_port), 60, "the web")
        wait_until(lambda: SyncRun.objects.exists(), 60, "a worker")
        address = f"http://127.0.0.1:{self.place.web_port}/webhook/facebook/"
        self.world.subscribe(address, settings.FACEBOOK_VERIFY_TOKEN, fields=FIELDS)
        self.churn.begin()
        wait_until(lambda: Item.objects.count() >= len(self.churn.history), 60, "what was there from the beginning")
        self.churn.start()
        self.weather.start()

    def _strike(self) -> None:
        self.fell += self.house.keep_up()
        self.killer.strike()

    def _half(self) -> bool:
        return len(self.killer.kills) >= self.wanted // 2

    def _enough(self) -> bool:
        return len(self.killer.kills) >= self.wanted

    def _throttle(self) -> None:
        """Facebook has had enough of us: whoever is just calling may hear it, and then nobody calls any more."""
        self.weather.rest()
        wait_until(self._may_call, 60, "leave to call", self.house.keep_up)
        self.hurry.patient.set()
        self.world.usage.allow(0, minutes=60)
        wait_until(lambda: self.world.usage.calls, 60, "a call that is throttled")
        time.sleep(THROTTLED_FOR)
        if self.world.usage.calls > MOST_CALLS_WHILE_THROTTLED:
            self.rude.append(f"{self.world.usage.calls} calls while Facebook had asked us to wait")
        self.world.usage.allow(240_000)
        self.hurry.patient.clear()
        self.weather.go_on()

    def _may_call(self) -> bool:
        return Page.objects.filter(token_dead_at=None).exclude(resume_at__gt=timezone.now()).exists()

    def _calm(self) -> list[str]:
        """Everything is well again. Returns what did not come to rest in time."""
        self.churn.stop()
        self.weather.rest()
        self.world.usage.allow(240_000)
        try:
            wait_until(self._told, PATIENCE, "the deliveries", self._tell)
            calm = timezone.now()
            wait_until(lambda: self._swept(calm), PATIENCE, "a clean reading of the whole page", self.house.keep_up)
            wait_until(lambda: not SyncRun.objects.running().exists(), PATIENCE, "no open run")
        except NotInTime as error:
            return [f"not in time: {error}"]
        finally:
            self.hurry.stop()
            self.world.webhooks.close()
        return []

    def _tell(self) -> None:
        self.fell += self.house.keep_up()
        if ports.listens(self.place.web_port):
            self.world.webhooks.redeliver()

    def _told(self) -> bool:
        try:
            self.world.webhooks.settle(0.1)
        except TimeoutError:
            return False
        return not WebhookDelivery.objects.filter(state__in=(OrderState.ORDERED, OrderState.WORKING)).exists()

    def _swept(self, since) -> bool:
        return Page.objects.filter(fetched_at__gte=since).exists()

    def report(self, verdict: Verdict, seconds: float) -> str:
        sweeps = SyncRun.objects.filter(lane=Lane.SWEEP)
        lines = [
            f"database {settings.DATABASES['default']['ENGINE'].rpartition('.')[2]}, {seconds:.0f} s",
            f"kills: {len(self.killer.kills)}; {dict(sorted(self.killer.done.items()))}; fell by themselves: {self.fell}",
            f"churn: {self.churn.count} steps, {len(self.churn.history)} nodes, "
            f"{sum(map(len, self.churn.history.values()))} texts",
            f"simulator: {self.ledger.answers} whole answers, {len(self.ledger.served)} texts served, "
            f"kinds of fault: {len(self.weather.seen)}; deliveries answered 200: {len(self.ledger.accepted)}",
            f"rows: {Item.objects.count()} items, {ItemVersion.objects.count()} versions, "
            f"{WebhookDelivery.objects.count()} deliveries, {sweeps.count()} sweeps, "
            f"{SyncRun.objects.count() - sweeps.count()} fresh readings",
            *(f"{name}: {len(found)}" for name, found in vars(verdict).items()),
            *verdict.broken()[:60],
            *(f"excused: {one}" for one in verdict.excused[:10]),
        ]
        return "\n".join(lines)


def main() -> int:
    kills, seed = map(int, sys.argv[1:])
    started, this = time.monotonic(), Round(kills, seed)
    try:
        verdict = this.run()
    finally:
        for process in this.house.processes.values():
            process.kill()
    sys.stdout.write(f"seed {seed}, {this.report(verdict, time.monotonic() - started)}\n")
    sys.stdout.flush()
    os._exit(1 if verdict.broken() else 0)


if __name__ == "__main__":
    main()
