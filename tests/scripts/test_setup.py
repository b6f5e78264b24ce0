"""What the set-up says on a machine that lacks something: one sentence, and no traceback."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements.lock", "requirements-demo.lock", "requirements-all.lock")
# What every Debian has, however small.
TOOLS = ("sh", "cat", "cksum", "dirname", "env", "grep", "id", "ls", "mktemp", "rm", "tail")


class Machine:
    """A copy of the scripts, and a path on which only the essentials are, and what a test puts there."""

    def __init__(self, place: Path) -> None:
        self.place, self.bin = place, place / "bin"
        (place / "scripts").mkdir()
        self.bin.mkdir()
        shutil.copy(ROOT / "scripts" / "setup.sh", place / "scripts")
        for lock in LOCKS:
            shutil.copy(ROOT / lock, place)
        for tool in TOOLS:
            (self.bin / tool).symlink_to(shutil.which(tool) or pytest.fail(f"no {tool} here"))

    def has(self, name: str, script: str) -> None:
        path = self.bin / name
        path.unlink(missing_ok=True)
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)

    def set_up(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["sh", self.place / "scripts" / "setup.sh", *arguments],
            env={"PATH": str(self.bin), "HOME": str(self.place)} | environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_without_apt_get_it_names_what_is_missing(machine: Machine) -> None:
    run = machine.set_up("demo")
    assert run.returncode == 1
    assert run.stdout == ""
    assert run.stderr.startswith("Det här saknas och behöver installeras först")
    assert "python3 python3-venv" in run.stderr
    assert run.stderr.count("\n") == 1


def test_who_is_not_root_and_has_no_sudo_gets_the_exact_line_to_run(machine: Machine) -> None:
    machine.has("apt-get", "exit 0")
    machine.has("id", "echo 1000")
    run = machine.set_up("demo")
    assert run.returncode == 1
    assert re.search(r"apt-get install -y --no-install-recommends python3 python3-venv( [a-z0-9.-]+)*\n$", run.stderr)
    assert run.stderr.count("\n") == 1


def test_the_list_of_packages_is_fetched_only_when_the_one_at_hand_will_not_do(machine: Machine) -> None:
    log = machine.place / "asked"
    machine.has("id", "echo 0")
    machine.has("apt-get", f'echo "$*" >>{log}; case "$*" in *update*) : >{log}.new ;; esac; [ -e {log}.new ]')
    machine.set_up("demo")
    asked = log.read_text().splitlines()
    assert ["install" in line for line in asked] == [True, False, True]
    assert "update" in asked[1]


def test_without_a_network_it_says_so(machine: Machine) -> None:
    machine.has("id", "echo 0")
    machine.has("apt-get", "echo E: Unable to fetch some archives; exit 100")
    run = machine.set_up("demo")
    assert run.returncode == 1
    assert run.stderr.endswith("Systempaketen kunde inte installeras. Finns det nät och rättigheter?\n")


def test_an_old_python_is_named(machine: Machine) -> None:
    machine.has("id", "echo 0")
    machine.has("apt-get", "exit 0")
    machine.has("python3", 'case "$1" in -V) echo Python 3.9.2 ;; *) exit 1 ;; esac')
    run = machine.set_up("demo")
    assert run.returncode == 1
    assert run.stderr.startswith("Python 3.11–3.14 behövs, men här finns Python 3.9.2.")
    assert run.stderr.count("\n") == 1


def test_packages_that_cannot_be_fetched_are_said_in_a_sentence(machine: Machine) -> None:
    run = machine.set_up("demo", PYTHON=sys.executable, PIP_NO_INDEX="1", PIP_FIND_LINKS=str(machine.place))
    assert run.returncode == 1
    assert "Pythonpaketen kunde inte installeras." in run.stderr
    assert "Traceback" not in run.stderr
    assert not list((machine.place / ".venv").glob("*.installed"))


def test_an_unknown_choice_is_refused(machine: Machine) -> None:
    run = machine.set_up("demon")
    assert run.returncode == 1
    assert run.stderr.startswith("Okänt val: demon.")


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_has_checksums_and_no_address(name: str) -> None:
    text = (ROOT / name).read_text()
    assert "://" not in text
    assert not re.search(r"^-", text, re.MULTILINE)
    pins = re.split(r"\n(?=\S)", text.strip())
    assert len(pins) > 20
    assert all("==" in pin and "--hash=sha256:" in pin for pin in pins)


def test_the_locks_agree_on_every_version() -> None:
    pins = [set(re.findall(r"^(\S+==\S+)", (ROOT / name).read_text(), re.MULTILINE)) for name in LOCKS]
    assert pins[0] < pins[1] < pins[2]


@pytest.mark.parametrize("script", sorted(path.name for path in (ROOT / "scripts").glob("*.sh")))
def test_a_script_runs_from_anywhere_and_stops_at_the_first_fault(script: str) -> None:
    text = (ROOT / "scripts" / script).read_text()
    assert text.startswith("#!/bin/sh\n")
    assert "set -eu\n" in text
    assert 'cd "$(dirname "$0")/.."\n' in text
    assert os.access(ROOT / "scripts" / script, os.X_OK)
