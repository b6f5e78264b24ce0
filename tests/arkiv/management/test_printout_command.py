import hashlib
import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from arkiv.models import Printout
from moderation.policy.terms import OrderState
from tests import make, verapdf

pytestmark = pytest.mark.django_db


def run(*args):
    out = io.StringIO()
    call_command("printout", *args, stdout=out)
    return out.getvalue()


def test_a_periods_printout_lands_where_it_was_asked_for_and_in_the_store(tmp_path):
    make.item("Vägen är oframkomlig igen! 🚜")
    target = tmp_path / "november.pdf"
    told = run("--from", "2026-11-01", "--to", "2026-11-30", "--out", str(target))
    printout = Printout.objects.get()
    assert printout.state == OrderState.DONE
    assert hashlib.sha256(target.read_bytes()).hexdigest() == printout.pdf_sha256
    assert printout.pdf_sha256 in told


@pytest.mark.verapdf
def test_what_the_command_writes_is_pdf_a_2a_and_pdf_ua_1(tmp_path):
    item = make.item("Hot \u202e och \x00 och \ud83d", at=make.NOW)
    make.version(item, "🧑‍🌾 ändrad", at=make.NOW + timedelta(hours=1))
    target = tmp_path / "november.pdf"
    run("--from", "2026-11-01", "--to", "2026-11-30", "--out", str(target))
    for verdict in verapdf.verdicts([(target, "2a"), (target, "ua1")]):
        assert verdict.compliant, verdict


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [
        ("2026-11-30", "2026-11-01", "efter den sista"),
        ("2020-01-01", "2020-01-31", "inget att skriva ut"),
        ("november", "2026-11-30", "är inget datum"),
    ],
)
def test_a_period_that_cannot_be_printed_is_one_sentence(tmp_path, first, last, sentence):
    make.item()
    with pytest.raises(CommandError, match=sentence):
        run("--from", first, "--to", last, "--out", str(tmp_path / "x.pdf"))
    assert not (tmp_path / "x.pdf").exists()


def test_before_the_first_reading_there_is_nothing_to_print(tmp_path):
    with pytest.raises(CommandError, match=r"manage\.py sync"):
        run("--from", "2026-11-01", "--to", "2026-11-30", "--out", str(tmp_path / "x.pdf"))
