"""Django's name for the app."""

from django.apps import AppConfig


class ArkivConfig(AppConfig):
    name = "arkiv"
    verbose_name = "Arkiv"
