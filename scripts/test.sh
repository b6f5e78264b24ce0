#!/bin/sh
# Installs what is missing and runs every check and every test: sh scripts/test.sh
# With arguments only pytest runs, and gets them: sh scripts/test.sh tests/moderation -k queue
set -eu
cd "$(dirname "$0")/.."
sh scripts/setup.sh
bin=.venv/bin

[ $# -eq 0 ] || exec $bin/python -m pytest "$@"

place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
trap 'exit 130' INT TERM HUP
failed=

check() {
    heading=$1
    shift
    printf '\n=== %s\n' "$heading"
    "$@" || failed="$failed
  - $heading"
}

# What Django is asked below, it answers for a place where people work: the strict defaults and a real key.
django() {
    env DEBUG=false HTTPS=true ALLOWED_HOSTS=example.org VAR_DIR="$place/var" DATABASE_URL="sqlite:///$place/check.sqlite3" \
        SECRET_KEY="$($bin/python -c 'import secrets; print(secrets.token_urlsafe(50))')" "$@"
}

suite() {
    report=$place/$1.xml
    shift
    $bin/python -m pytest -n 2 --junitxml="$report" "$@"
}

on_sqlite() {
    DATABASE_URL="sqlite:///$place/suite.sqlite3" \
        suite sqlite -m "not browser and not worker and not postgresql and not verapdf"
}

count() {
    $bin/python - "$place"/*.xml <<'END'
import sys
import xml.etree.ElementTree as tree

total = dict.fromkeys(("tests", "failures", "errors", "skipped"), 0)
for path in sys.argv[1:]:
    for suite in tree.parse(path).iter("testsuite"):
        for name in total:
            total[name] += int(suite.get(name, 0))
wrong = total["failures"] + total["errors"]
print(f"{total['tests'] - wrong - total['skipped']} passed, {wrong} failed, {total['skipped']} skipped")
END
}

check "ruff check" $bin/ruff check .
check "ruff format" $bin/ruff format --check .
check "mypy" django $bin/mypy moderation arkiv sociala_medier
check "Importregler (import-linter)" django $bin/lint-imports
check "Mallar (djlint)" $bin/djlint templates --lint --quiet
check "Migrationer" django $bin/python manage.py makemigrations --check --dry-run
check "Driftsättning (check --deploy)" django $bin/python manage.py check --deploy --fail-level WARNING
check "Tester på SQLite" on_sqlite
check "Tester på PostgreSQL, med Redis, arbetare och webbläsare" suite postgresql

printf '\n=== Summa\n'
[ -z "$failed" ] || printf 'Det här gick fel:%s\n' "$failed"
count
[ -z "$failed" ]
