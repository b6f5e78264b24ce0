"""Write-once files, addressed by SHA-256. Knows nothing else of ours."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path

from django.conf import settings


class Store:
    def __init__(self, root: Path):
        self.root = root

    def put(self, content: bytes) -> str:
        """Keep these bytes and return their digest. The same bytes are kept once; half a file never shows."""
        digest = hashlib.sha256(content).hexdigest()
        target = self.path(digest)
        if not self.check(digest):
            target.parent.mkdir(parents=True, exist_ok=True)
            self._write(target, content)
        return digest

    def _write(self, target: Path, content: bytes) -> None:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".del-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(name, 0o440)
            os.replace(name, target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        _sync_folder(target.parent)

    def path(self, digest: str) -> Path:
        return self.root / digest[:2] / digest[2:4] / digest

    def open(self, digest: str) -> BufferedReader:
        return self.path(digest).open("rb")

    def read(self, digest: str) -> bytes:
        return self.path(digest).read_bytes()

    def has(self, digest: str) -> bool:
        return self.path(digest).is_file()

    def check(self, digest: str) -> bool:
        """Whether the file is there and still has exactly the bytes it was given."""
        if not self.has(digest):
            return False
        with self.open(digest) as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == digest

    def remove(self, digest: str) -> None:
        """Only for what the law forbids to keep."""
        self.path(digest).unlink(missing_ok=True)

    def digests(self) -> Iterator[str]:
        """Every file kept, in no order."""
        return (path.name for path in self.root.glob("??/??/*") if not path.name.startswith("."))


def files() -> Store:
    """The installation's own store."""
    return Store(settings.STORE_DIR)


def _sync_folder(folder: Path) -> None:
    # Without this a power cut may forget the name of a file whose bytes are safe.
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
