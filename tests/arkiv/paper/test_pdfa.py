"""What veraPDF says of our papers, and that it can say no."""

import io
from pathlib import Path

import pikepdf
import pytest

from arkiv.paper import render
from arkiv.paper.document import Picture
from arkiv.paper.render import Paper
from tests import verapdf
from tests.arkiv.paper import papers
from tests.arkiv.paper.conftest import nothing

pytestmark = [pytest.mark.verapdf, pytest.mark.skipif(bool(verapdf.missing()), reason=verapdf.missing() or "-")]
FLAVOURS = ("2a", "ua1")


def pictures_paper() -> Paper:
    """Every kind of picture a page can carry."""
    kinds = [
        ("JPEG", "RGB"),
        ("JPEG", "L"),
        ("JPEG", "CMYK"),
        ("PNG", "RGBA"),
        ("PNG", "P"),
        ("GIF", "P"),
        ("WEBP", "RGBA"),
    ]
    content = {f"{at:064x}": papers.photo((400, 300), *kind) for at, kind in enumerate(kinds)}
    shown = tuple(Picture(name, "image/jpeg", "En väg") for name in content)
    return render.pdf(papers.document(papers.entry(1, pictures=shown)), content.__getitem__)


def damaged(paper: Paper, how: str) -> bytes:
    with pikepdf.open(io.BytesIO(paper.pdf)) as pdf:
        if how == "no output intent":
            del pdf.Root.OutputIntents
        elif how == "javascript":
            pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        elif how == "untagged":
            del pdf.Root.StructTreeRoot
            del pdf.Root.MarkInfo
        elif how == "no language":
            del pdf.Root.Lang
        target = io.BytesIO()
        pdf.save(target)
        return target.getvalue()


@pytest.fixture(scope="module")
def found(
    week_paper: Paper,
    hostile_paper: Paper,
    partly_plain_paper: Paper,
    all_plain_paper: Paper,
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[tuple[str, str], verapdf.Verdict]:
    """All questions in one go: starting Java takes longer than the answers."""
    small = render.pdf(papers.document(), nothing)
    concerns = ("Kommentar 17, nummer 1 nedan. Textens SHA-256: 0", "Innehåller uppgifter som är sekretess.")
    subject, beside = papers.entry(1, author_id="2426"), papers.entry(2, is_context=True)
    sheet = render.pdf(papers.document(subject, beside, concerns=concerns), nothing)
    folder: Path = tmp_path_factory.mktemp("verapdf")
    files = {
        "week": week_paper.pdf,
        "hostile": hostile_paper.pdf,
        "partly plain": partly_plain_paper.pdf,
        "all plain": all_plain_paper.pdf,
        "pictures": pictures_paper().pdf,
        "empty": small.pdf,
        "evidence": sheet.pdf,
        **{how: damaged(small, how) for how in ("no output intent", "javascript", "untagged", "no language")},
    }
    for name, content in files.items():
        (folder / f"{name}.pdf").write_bytes(content)
    answers = verapdf.verdicts((folder / f"{name}.pdf", flavour) for name in files for flavour in FLAVOURS)
    return {(Path(answer.path).stem, answer.flavour): answer for answer in answers}


@pytest.mark.parametrize("flavour", FLAVOURS)
@pytest.mark.parametrize("name", ["week", "hostile", "partly plain", "all plain", "pictures", "empty", "evidence"])
def test_our_papers_are_both_pdfa_and_pdfua(found, name, flavour):
    assert found[name, flavour].faults == {}
    assert found[name, flavour].compliant


@pytest.mark.parametrize(
    ("name", "flavour", "clause"),
    [
        ("no output intent", "2a", "6.2.4.3"),
        ("javascript", "2a", "6.5.1"),
        ("untagged", "2a", "6.7"),
        ("untagged", "ua1", "7.1"),
        ("no language", "ua1", "7.2"),
    ],
)
def test_a_damaged_file_is_refused(found, name, flavour, clause):
    assert not found[name, flavour].compliant
    assert any(rule.startswith(clause) for rule in found[name, flavour].faults), found[name, flavour].faults


def test_the_profiles_were_really_loaded_and_tried(found):
    assert found["week", "2a"].rules > 140
    assert found["week", "ua1"].rules > 100
    assert all(verdict.checks > 1000 for verdict in found.values())


def test_a_flavour_that_does_not_exist_is_no_green():
    with pytest.raises(RuntimeError):
        verapdf.verdicts([("/dev/null", "2z")])
