"""Django's name for the app."""

from django.apps import AppConfig


class SocialaMedierConfig(AppConfig):
    name = "sociala_medier"
    verbose_name = "Sociala medier"
