"""The one door for files: straight to disk as they come, counted and summed, and only from whoever may send one."""

import hashlib
import os
import tempfile
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest
from django.utils import timezone

from moderation import access
from moderation.policy.terms import Right

MEGABYTE = 1 << 20
UNFINISHED = ".del-"
TOO_LARGE = (
    "Filen är större än {} MB. Beställ exporten i flera delar med kortare tid i varje, eller be den som sköter driften "
    "att läsa in den med manage.py import_history."
)
FULL = "Filen fick inte plats eller gick inte att spara på servern. Säg till den som sköter driften."


class Incoming(UploadedFile):
    """A whole file on disk, with its SHA-256. Whoever takes it moves it away; otherwise it goes with the request."""

    def __init__(self, file: IO[bytes], path: Path, name: str, size: int, sha256: str) -> None:
        super().__init__(file, name, "application/zip", size)
        self.path, self.sha256 = path, sha256

    def keep(self) -> Path:
        """Where it lies from now on. The same bytes always lie in the same place."""
        place: Path = settings.INBOX_DIR / f"{self.sha256}.zip"
        os.replace(self.path, place)
        return place

    def close(self) -> None:
        super().close()
        self.path.unlink(missing_ok=True)


def refusal(request: HttpRequest) -> str:
    """Why nothing was taken of what was sent, or ""."""
    return "".join(getattr(handler, "refusal", "") for handler in request.upload_handlers)


class Inbox(FileUploadHandler):
    """`refusal` says why nothing was taken. What is not taken is read to its end and forgotten, for the browser's sake."""

    refusal = ""

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *args: Any, **more: Any) -> None:
        if content_length > settings.HISTORIK_MEGABYTE * MEGABYTE:
            self.refusal = TOO_LARGE.format(settings.HISTORIK_MEGABYTE)

    def new_file(self, *args: Any, **more: Any) -> None:
        super().new_file(*args, **more)
        if self.refusal or hasattr(self, "out") or not self._may_send():
            raise SkipFile
        self.sum = hashlib.sha256()
        try:
            settings.INBOX_DIR.mkdir(mode=0o700, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=settings.INBOX_DIR, prefix=UNFINISHED)
        except OSError:
            self.refusal = FULL
            raise SkipFile from None
        self.path, self.out = Path(name), os.fdopen(handle, "w+b")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        try:
            self.out.write(raw_data)
        except OSError:
            self.refusal = FULL
            self._forget()
            raise SkipFile from None
        self.sum.update(raw_data)

    def file_complete(self, file_size: int) -> Incoming | None:
        try:
            self.out.flush()
            os.fsync(self.out.fileno())
        except OSError:
            self.refusal = FULL
            self._forget()
            return None
        return Incoming(self.out, self.path, self.file_name or "", file_size, self.sum.hexdigest())

    def upload_interrupted(self) -> None:
        if hasattr(self, "out"):
            self._forget()

    def _may_send(self) -> bool:
        user = getattr(self.request, "user", None)
        return bool(user and user.is_authenticated and Right.OPERATE in access.rights(user, timezone.now()))

    def _forget(self) -> None:
        self.path.unlink(missing_ok=True)
        self.out.close()
