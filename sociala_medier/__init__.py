"""The roof: wiring, and what concerns the whole system. May import both apps; nobody imports it."""

from sociala_medier.celery import app as celery_app

__all__ = ["celery_app"]
