#!/usr/bin/env python
"""Django's command line for this project."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sociala_medier.settings")
    if sys.argv[1:2] == ["demo"]:
        # It only starts others, with strict settings of their own; itself it needs no secret.
        os.environ.setdefault("DEBUG", "true")
    execute_from_command_line(sys.argv)
