#!/bin/sh
# Pins every dependency with its checksums: pyproject.toml -> requirements*.lock. Needs uv.
#   sh scripts/lock.sh              what pyproject.toml has changed, and nothing else
#   sh scripts/lock.sh --upgrade    everything to its newest
set -eu
cd "$(dirname "$0")/.."

# Universal: one lock for every Python from 3.11 on and every platform. No address of any index ends up in it.
lock() {
    out=$1
    shift
    uv pip compile pyproject.toml "$@" --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
        --no-emit-index-url --no-emit-find-links --quiet --output-file "$out"
}

lock requirements-all.lock --group all "$@"
# The smaller ones take their versions from the largest.
lock requirements.lock --constraints requirements-all.lock
lock requirements-demo.lock --constraints requirements-all.lock --group demo
