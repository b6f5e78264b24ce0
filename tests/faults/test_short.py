"""The short form: the house is killed forty times, and nothing is lost."""

import subprocess
import sys

import pytest

from tests.faults.processes import ROOT

KILLS, SEED, PATIENCE = 40, 1, 600


@pytest.mark.worker
def test_nothing_is_lost_doubled_or_out_of_order_whoever_is_killed_whenever():
    command = [
        sys.executable,
        "-m",
        "tests.faults",
        "--kills",
        str(KILLS),
        "--seed",
        str(SEED),
        "--database",
        "postgresql",
    ]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert told.returncode == 0, f"{told.stdout}\n{told.stderr[-5000:]}"
    assert f"kills: {KILLS}" in told.stdout
