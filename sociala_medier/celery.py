"""The Celery app and the timetable: what runs how often. The rows hold the work; this only wakes them."""

import os

from celery import Celery
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sociala_medier.settings")

app = Celery("sociala_medier")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# Two queues, so that a long print never delays what has to do with Facebook.
app.conf.task_routes = {"moderation.tasks.*": {"queue": "graph"}, "arkiv.tasks.*": {"queue": "arkiv"}}
app.conf.beat_schedule = {
    "pull": {"task": "moderation.tasks.pull", "schedule": settings.PULL_SECONDS},
    "fetch_media": {"task": "moderation.tasks.fetch_media", "schedule": 60.0},
    "print_missing": {"task": "arkiv.tasks.print_missing", "schedule": 60.0},
    "print_due": {"task": "arkiv.tasks.print_due", "schedule": 60.0},
}
