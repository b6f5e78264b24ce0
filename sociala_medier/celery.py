"""The Celery app. What runs how often stands in the settings; the rows hold the work, this only wakes them."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sociala_medier.settings")

app = Celery("sociala_medier")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# By name, since it knows rows, which are not there yet.
app.steps["worker"].add("sociala_medier.heartbeat:SignOfLife")
