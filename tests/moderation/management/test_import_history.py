"""`manage.py import_history`: an administrator at the command line, and the files that are no exports."""

import io
import zipfile

import pytest
from django.core.management import CommandError, call_command

from moderation.models import HistoryImport, Item
from moderation.models.order import LEASE
from moderation.policy.terms import OrderState
from tests import export_zip, make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ready(settings, tmp_path):
    settings.FACEBOOK_PAGE_ID = make.page().graph_id
    settings.STORE_DIR = tmp_path / "arkiv"


def run(path, **options):
    out = io.StringIO()
    call_command("import_history", str(path), stdout=out, **options)
    return out.getvalue()


def refusal(path):
    with pytest.raises(CommandError) as refused:
        run(path)
    assert refused.value.returncode == 1
    return str(refused.value)


def test_it_tells_how_far_it_has_come_and_what_came_of_it(tmp_path):
    path = export_zip.build(tmp_path / "a.zip", posts=[export_zip.post(f"Inlägg {n}", n + 9) for n in range(600)])
    told = run(path).splitlines()
    assert told == [
        "0 %: 0 poster, 0 nya, 0 fanns redan, 0 gick inte att läsa",
        "83 %: 500 poster, 500 nya, 0 fanns redan, 0 gick inte att läsa",
        "100 %: 600 poster, 600 nya, 0 fanns redan, 0 gick inte att läsa",
        "Klart: 600 poster, 600 nya, 0 fanns redan, 0 gick inte att läsa.",
    ]
    assert Item.objects.count() == 600
    assert path.exists()
    assert refusal(path) == "Precis den filen är redan inläst."


def broken(path):
    path.write_bytes(export_zip.build(path, posts=[export_zip.post("Hej")]).read_bytes()[:-40])


def climbing(path):
    export_zip.build(path, posts=[export_zip.post("Hej")], files={"../../etc/cron.d/x": b"x"})


def swelling(path):
    export_zip.build(path, posts=[export_zip.post("Hej")], files={"media/a.jpg": b"\0" * (4 << 20)})


def of_html(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("posts/profile_posts_1.html", "<p>Hej</p>")


REFUSED = {
    broken: "Filen går inte att läsa som ZIP",
    climbing: "ZIP-filen har en fil som pekar ut ur sin egen mapp",
    swelling: "ZIP-filen har en fil som sväller orimligt mycket",
    of_html: "Den ser ut att vara beställd i formatet HTML",
}


@pytest.mark.parametrize("make_it", REFUSED)
def test_a_file_that_is_no_export_is_refused_with_a_sentence(tmp_path, make_it):
    path = tmp_path / "a.zip"
    make_it(path)
    assert REFUSED[make_it] in refusal(path)
    assert HistoryImport.objects.get().state == OrderState.FAILED
    assert not Item.objects.exists()
    # It may be tried again: perhaps the file has been put right.
    assert REFUSED[make_it] in refusal(path)


def test_a_file_that_is_not_there_and_a_page_that_nobody_named_are_said_so(tmp_path, settings):
    assert refusal(tmp_path / "borta.zip").endswith("borta.zip går inte att öppna.")
    settings.FACEBOOK_PAGE_ID = ""
    with pytest.raises(CommandError, match="Ange sidans id"):
        run(tmp_path / "borta.zip", page="")


def test_a_command_that_was_killed_is_gone_on_with_by_the_next(tmp_path):
    path = export_zip.build(tmp_path / "a.zip", posts=[export_zip.post("Hej")])
    run(path)
    done = HistoryImport.objects.get()
    HistoryImport.objects.update(state=OrderState.WORKING, done_at=None)
    assert refusal(path).startswith("Precis den filen läses redan in.")
    HistoryImport.objects.update(seen_at=done.seen_at - LEASE)
    assert run(path).endswith("Klart: 1 post, 1 nya, 0 fanns redan, 0 gick inte att läsa.\n")
