"""The doors to an evidence sheet: the PDF, its pages as pictures, and the frozen document behind it."""

import logging
from typing import BinaryIO

from django.http import FileResponse, Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from arkiv import reach
from arkiv.actions.read_secret import read_secret
from arkiv.models import Evidence
from arkiv.reach import Request
from arkiv.views.files import POLICY
from moderation import store

logger = logging.getLogger(__name__)


@require_GET
def evidence_pdf(request: Request, pk: int) -> FileResponse:
    evidence = reach.evidence_for(request.user, pk, timezone.now())
    file = _file(evidence, evidence.pdf_sha256)
    _note(request, evidence, "pdf")
    return _shown(request, file, evidence.file_name, "application/pdf")


@require_GET
def evidence_png(request: Request, pk: int) -> FileResponse:
    """The first page, or the one that `?sida=` asks for."""
    evidence = reach.evidence_for(request.user, pk, timezone.now())
    asked = request.GET.get("sida", "1")
    picture = next((one for one in evidence.pictures.all() if str(one.number) == asked), None)
    if picture is None:
        raise Http404("Bevisbladet har ingen sådan sida som bild.")
    file = _file(evidence, picture.sha256)
    _note(request, evidence, f"png {picture.number}")
    name = evidence.file_name.removesuffix(".pdf")
    return _shown(request, file, f"{name}-sida-{picture.number}.png", "image/png")


@require_GET
def evidence_document(request: Request, pk: int) -> HttpResponse:
    """The very characters whose SHA-256 stands on the sheet."""
    evidence = reach.evidence_for(request.user, pk, timezone.now())
    _note(request, evidence, "json")
    response = HttpResponse(evidence.document, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{evidence.file_name.removesuffix("pdf")}json"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _file(evidence: Evidence, digest: str) -> BinaryIO:
    """Read anew before it is handed out: what has been harmed is no evidence."""
    files = store.files()
    if not files.check(digest):
        logger.error("the file of evidence %s is missing or harmed", evidence.pk)
        raise Http404("Bevisbladets fil saknas i lagret eller är skadad. Säg genast till den som sköter driften.")
    return files.open(digest)


def _note(request: Request, evidence: Evidence, what: str) -> None:
    if evidence.is_secret:
        read_secret(evidence=evidence, what=what, by=request.user, now=timezone.now())


def _shown(request: Request, file: BinaryIO, name: str, mime: str) -> FileResponse:
    wanted = "ladda-ner" in request.GET
    response = FileResponse(file, as_attachment=wanted, filename=name, content_type=mime)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    return response
