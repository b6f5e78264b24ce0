import json
from datetime import timedelta

import pytest

from moderation import health as moderation_health
from moderation.models import SyncRun
from sociala_medier import health
from tests import make

pytestmark = pytest.mark.django_db


def test_a_well_house_answers_200_without_anybody_logging_in(client):
    answer = client.get("/halsa")
    assert answer.status_code == 200
    assert answer.json()["ok"] is True
    assert {"databas", "ko", "lager"} <= set(answer.json())


def test_without_its_queue_the_house_answers_503(client, settings):
    settings.REDIS_URL = "redis://127.0.0.1:9/0"
    answer = client.get("/halsa")
    assert (answer.status_code, answer.json()["ko"]) == (503, "fel")


def test_without_a_place_for_files_the_house_answers_503(client, settings, tmp_path):
    (tmp_path / "fil").write_text("i vägen")
    settings.VAR_DIR = tmp_path / "fil"
    answer = client.get("/halsa")
    assert (answer.status_code, answer.json()["lager"]) == (503, "fel")


def test_a_silent_facebook_is_told_but_people_can_still_work():
    page = make.page()
    assert moderation_health.facebook(make.NOW) == "aldrig"
    page.fetched_at = make.NOW
    page.save()
    assert moderation_health.facebook(make.NOW) == "ok"
    assert moderation_health.facebook(make.NOW + timedelta(hours=2)) == "gammal"
    SyncRun.objects.create(page=page, started_at=make.NOW, seen_at=make.NOW, ended_at=make.NOW, error="Nej.")
    assert moderation_health.facebook(make.NOW) == "fel"
    usable, parts = health.report(make.NOW)
    assert (usable, parts["facebook"]) == (True, "fel")


def test_the_answer_holds_no_personal_data(client):
    make.item("Min granne Kalle är sjuk", author="Hemlig Person")
    told = json.dumps(client.get("/halsa").json(), ensure_ascii=False)
    assert "Kalle" not in told
    assert "Hemlig" not in told
