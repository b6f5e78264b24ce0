"""The drawing process keeps its limits, survives what it draws, and dies with the one who started it."""

import contextlib
import itertools
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from arkiv.paper.press import ENVIRONMENT, ROOT, Failed, Press
from tests.arkiv.paper.conftest import TOO_SLOW
from tests.arkiv.paper.papers import photo

MEGABYTE = 2**20


def draw(machine: Press, body: str, seconds: int = 20, memory: int = 1024 * MEGABYTE, said=lambda percent: None):
    html = f"<html lang=sv><title>Prov</title><body>{body}"
    return machine.pages(html, epoch=1, seconds=seconds, memory=memory, pages=1, progress=said)


def test_a_page_is_drawn():
    with Press() as machine:
        pages, content = draw(machine, "<h1>Hej</h1>")
    assert pages == 1
    assert content.startswith(b"%PDF-1.7")


def test_a_job_past_its_time_fails_and_the_next_one_is_drawn():
    with Press() as machine:
        with pytest.raises(Failed):
            draw(machine, f"<p>{TOO_SLOW}", seconds=1)
        assert draw(machine, "<p>Hej")[0] == 1


def test_a_job_past_its_memory_fails_and_the_next_one_is_drawn():
    with Press() as machine:
        with pytest.raises(Failed):
            draw(machine, "<p>Hej", memory=64 * MEGABYTE)
        assert draw(machine, "<p>Hej")[0] == 1


def test_a_broken_picture_fails_and_the_next_one_is_taken():
    with Press() as machine:
        with pytest.raises(Failed):
            machine.picture("a", b"not a picture", 10, 1024 * MEGABYTE)
        machine.picture("b", photo(), 10, 1024 * MEGABYTE)
        _, content = draw(machine, "<p><img src='bild:b' alt='En väg'>")
    assert b"/DCTDecode" in content


def test_the_wait_is_told_every_second():
    heard: list[float] = []
    with Press() as machine, pytest.raises(Failed):
        draw(machine, f"<p>{TOO_SLOW}", seconds=4, said=lambda percent: heard.append(time.monotonic()))
    gaps = [after - before for before, after in itertools.pairwise(heard)]
    assert len(heard) >= 3
    assert max(gaps) < 2.5


def test_the_drawing_process_knows_no_secret_of_ours_and_neither_django_nor_the_database():
    os.environ["FACEBOOK_PAGE_TOKEN"] = "hemlig-nyckel"
    with Press() as machine:
        draw(machine, "<p>Hej")
        environment = Path(f"/proc/{machine.process.pid}/environ").read_bytes()
    del os.environ["FACEBOOK_PAGE_TOKEN"]
    assert b"hemlig-nyckel" not in environment
    assert b"DATABASE_URL" not in environment
    assert b"FONTCONFIG_FILE=" in environment
    command = (
        "import arkiv.paper.child, sys; print([name for name in ('django', 'psycopg', 'redis') if name in sys.modules])"
    )
    loaded = subprocess.run([sys.executable, "-c", command], cwd=ROOT, env=ENVIRONMENT, capture_output=True, check=True)
    assert loaded.stdout.strip() == b"[]"


def test_a_press_leaves_no_process_behind():
    with Press() as machine:
        with pytest.raises(Failed):
            draw(machine, f"<p>{TOO_SLOW}", seconds=1)
        pid = machine.process.pid
    assert not Path(f"/proc/{pid}").exists()


def test_when_the_caller_is_killed_nobody_draws_on():
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.arkiv.paper.printing", "endless"], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ritar\n"
    family = descendants(process.pid)
    assert len(family) >= 2
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert gone(family), "the drawing processes outlived the one that had started them"


def descendants(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in map(int, (task / "children").read_text().split()):
            found += [child, *descendants(child)]
    return found


def gone(family: list[int]) -> bool:
    """Within ten seconds; a killed process nobody has waited for yet is gone too."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        if not any(alive(pid) for pid in family):
            return True
    return False


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_a_press_that_is_gone_is_a_failure_and_no_riddle():
    with Press() as machine:
        machine.process.kill()
        with pytest.raises(Failed, match="borta"):
            draw(machine, "<p>" + "Hej " * 100_000)


def test_a_failure_says_of_what_kind_it_was_and_nothing_of_what_was_drawn():
    with Press() as machine:
        with pytest.raises(Failed, match=r"^SIGXCPU|SIGKILL$"):
            draw(machine, f"<p>{TOO_SLOW}", seconds=1)
        with pytest.raises(Failed, match=r"^UnidentifiedImageError$"):
            machine.picture("a", b"hemligt", 10, 1024 * MEGABYTE)


def test_a_sign_without_a_glyph_is_a_failure_and_not_an_empty_box():
    with Press() as machine, pytest.raises(Failed, match=r"^MissingGlyph$"):
        # For private use: no font of the paper will ever have it, as newer ones have new emoji.
        draw(machine, "<p>\U000f1ae9")


def test_a_job_short_of_memory_does_not_harm_the_font_cache_of_the_machine():
    with Press() as machine:
        draw(machine, "<p>Hej")
        before = font_cache()
        for megabytes in (48, 64, 96, 128, 192, 256):
            with contextlib.suppress(Failed):
                draw(machine, "<p>Hej ▝ 😀", memory=megabytes * MEGABYTE)
        assert draw(machine, "<p>Hej ▝ 😀")[0] == 1
    assert font_cache() == before


def font_cache() -> dict[str, tuple[int, int]]:
    folder = Path("/var/cache/fontconfig")
    return {file.name: (file.stat().st_size, file.stat().st_mtime_ns) for file in folder.glob("*") if file.is_file()}
