"""The doors to a printout's file and to the frozen document behind it."""

import logging

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from arkiv import reach
from arkiv.models import Printout
from arkiv.reach import Request
from moderation import store
from moderation.policy.terms import OrderState

logger = logging.getLogger(__name__)

# A paper asks nobody for anything; the browsers' own viewers bring styles with them.
POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"


@require_GET
def printout_file(request: Request, pk: int) -> FileResponse:
    printout = _open(request, pk)
    try:
        file = store.files().open(printout.pdf_sha256)
    except OSError:
        logger.exception("the file of printout %s is missing", printout.pk)
        raise Http404("Utskriftens fil saknas i lagret. Säg genast till den som sköter driften.") from None
    response = FileResponse(
        file,
        as_attachment="ladda-ner" in request.GET,
        filename=printout.file_name,
        content_type="application/pdf",
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    return response


@require_GET
def printout_document(request: Request, pk: int) -> HttpResponse:
    """The very characters whose SHA-256 stands on the paper: every text exact, whatever paper could show of it."""
    printout = _open(request, pk)
    response = HttpResponse(printout.document, content_type="application/json")
    name = printout.file_name.removesuffix("pdf") + "json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _open(request: Request, pk: int) -> Printout:
    printout = reach.printout_for(request.user, pk, timezone.now())
    if printout.state != OrderState.DONE:
        raise Http404("Utskriften har ingen fil, för den är inte klar.")
    if reach.is_sealed(printout):
        raise PermissionDenied("På utskriften står något som enligt lag inte får visas. Vänd dig till arkivarien.")
    return printout
