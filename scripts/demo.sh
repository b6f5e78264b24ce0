#!/bin/sh
# Installs what is missing and starts the demo, until Ctrl-C: sh scripts/demo.sh
#   sh scripts/demo.sh --reset        begins afresh
#   PORT=8080 sh scripts/demo.sh      chooses the port
set -eu
cd "$(dirname "$0")/.."
sh scripts/setup.sh demo
exec .venv/bin/python manage.py demo "$@"
