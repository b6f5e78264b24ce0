#!/bin/sh
# Makes .venv and installs the system packages that are missing.
#   sh scripts/setup.sh         all that the tests need
#   sh scripts/setup.sh demo    only what the demo needs
# PYTHON=/path/to/python3 chooses the Python.
set -eu
cd "$(dirname "$0")/.."

die() {
    printf '%s\n' "$*" >&2
    exit 1
}

# --- What is there? ------------------------------------------------------------------------------

# A candidate is run, not only looked for: a version manager's stand-ins exist without working.
find_python() {
    for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
        "$candidate" -c 'import sys, ensurepip, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' \
            2>/dev/null && command -v "$candidate" && return
    done
    return 1
}

have_libraries() {
    command -v /sbin/ldconfig >/dev/null || return 0
    known=$(/sbin/ldconfig -p)
    for library; do
        case $known in *"$library.so"*) ;; *) return 1 ;; esac
    done
}

have_one_of() {
    for program; do
        command -v "$program" >/dev/null && return
    done
    return 1
}

missing_for_demo() {
    find_python >/dev/null || echo python3 python3-venv
    have_libraries libpango-1.0 libpangoft2-1.0 libharfbuzz-subset ||
        echo libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
    # Where arkiv/paper/fonts.conf looks for the fonts of the paper, and nowhere else.
    fonts=/usr/share/fonts/truetype
    [ -e $fonts/dejavu/DejaVuSans.ttf ] || echo fonts-dejavu-core
    [ -e $fonts/noto/NotoSansArabic-Regular.ttf ] || echo fonts-noto-core
    [ -e $fonts/noto/NotoColorEmoji.ttf ] || echo fonts-noto-color-emoji
    [ -e /usr/share/zoneinfo/Europe/Stockholm ] || echo tzdata
}

missing_for_tests() {
    ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || [ -n "${DATABASE_URL:-}" ] || echo postgresql
    have_one_of redis-server valkey-server || [ -n "${REDIS_URL:-}" ] || echo redis-server
    have_one_of chromium google-chrome || echo chromium
    have_one_of java || echo default-jre-headless
    # The PDF/A validator's own XML binding, which its Python package leaves out.
    [ -e /usr/share/java/jaxb-runtime.jar ] || echo libjaxb-java
    [ -e /usr/share/java/jaxb-api.jar ] || echo libjaxb-api-java
    [ -e /usr/share/java/javax.activation.jar ] || echo libactivation-java
}

# --- System packages -----------------------------------------------------------------------------

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

apt_get() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o APT::Update::Error-Mode=any "$@" >"$log" 2>&1
}

install_packages() {
    [ $# -gt 0 ] || return 0
    have_one_of apt-get || die "Det här saknas och behöver installeras först (namnen är Debians): $*"
    [ "$(id -u)" = 0 ] || have_one_of sudo || die "Kör detta som root och försök sedan igen:" \
        "apt-get update && apt-get install -y --no-install-recommends $*"
    echo "Installerar systempaket: $*"
    log=$(mktemp)
    # The list of packages is fetched only if the one at hand is missing or too old.
    apt_get install -y --no-install-recommends "$@" ||
        { apt_get update && apt_get install -y --no-install-recommends "$@"; } ||
        { tail -n 3 "$log" >&2; rm -f "$log"; die "Systempaketen kunde inte installeras. Finns det nät och rättigheter?"; }
    rm -f "$log"
}

# --- Python packages -----------------------------------------------------------------------------

make_venv() {
    python=$(find_python) ||
        die "Python 3.11–3.14 behövs, men här finns $(python3 -V 2>/dev/null || echo ingen)." \
            "Debian 12 och nyare har en som duger; en annan anges med PYTHON=/sökväg/till/python3."
    # A venv that works stays, whichever Python it was made with.
    venv_works && return
    rm -rf .venv
    "$python" -m venv .venv || die "Det gick inte att skapa .venv med $python. Finns det plats och rättigheter?"
}

venv_works() {
    .venv/bin/python -c 'import sys, pip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null
}

install_lock() {
    # One stamp a lock: going from the demo to the tests and back installs nothing twice.
    stamp=.venv/$1.installed
    wanted=$(.venv/bin/python -V; cksum <"$1")
    [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ] && return
    echo "Installerar Pythonpaket enligt $1 …"
    .venv/bin/python -m pip install --disable-pip-version-check --no-input --require-hashes --only-binary :all: \
        -r "$1" >.venv/install.log 2>&1 ||
        { grep -m 1 '^ERROR' .venv/install.log >&2 || true; die "Pythonpaketen kunde inte installeras." \
            "Finns det nät, och stämmer pip:s inställningar för index och proxy? Allt pip sade står i .venv/install.log."; }
    printf %s "$wanted" >"$stamp"
}

case ${1:-} in
demo) lock=requirements-demo.lock missing=$(missing_for_demo) ;;
"") lock=requirements-all.lock missing=$(missing_for_demo; missing_for_tests) ;;
*) die "Okänt val: $1. Skriv sh scripts/setup.sh eller sh scripts/setup.sh demo." ;;
esac
# shellcheck disable=SC2086  # one word a package
install_packages $missing
make_venv
install_lock "$lock"
