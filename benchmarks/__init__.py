"""Figures for README.md, each made by one command. Makes Django ready, where it is not yet, in a place of its own."""

import os

import django
from django.apps import apps

if not apps.ready:
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
    django.setup()
