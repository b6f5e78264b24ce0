"""Attachments: pictures a browser can show safely are shown, everything else is only handed over as a file."""

import mimetypes

from django.http import FileResponse, Http404
from django.utils import timezone
from django.views.decorators.http import require_GET

from moderation import access, store
from moderation.models import Attachment
from moderation.views.request import Request

# No SVG: it may carry script.
PICTURES = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})


@require_GET
def attachment(request: Request, pk: int) -> FileResponse:
    return sent(access.attachment_for(request.user, pk, timezone.now()))


def sent(found: Attachment) -> FileResponse:
    """The file, as something to look at or only to save. Who may have it was asked before."""
    shown = found.mime in PICTURES
    try:
        file = store.files().open(found.sha256)
    except OSError:
        raise Http404("Bilagans fil saknas i lagret. Säg till en administratör.") from None
    ending = mimetypes.guess_extension(found.mime) or ".bin"
    response = FileResponse(
        file,
        as_attachment=not shown,
        filename=f"bilaga-{found.pk}{ending}",
        content_type=found.mime if shown else "application/octet-stream",
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
