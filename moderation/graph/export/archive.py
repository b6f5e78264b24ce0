"""The ZIP itself: refused with a sentence before anything in it is believed, then read one member at a time."""

import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

ENCRYPTED = 0x1 | 0x40 | 0x2000
# All that zipfile is known to raise over a member whose bytes or headers are not what they should be.
BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, ValueError)
PIECE = 1 << 20
# Below this a member may be packed as tightly as it likes: it cannot fill anything.
SMALL = 1 << 20


class BadExport(Exception):
    """The file is not taken in. `sentence` says why, in Swedish, and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes, except `members` (a number of files) and `ratio` (unpacked bytes for each packed one)."""

    total: int = 100 << 30
    members: int = 250_000
    directory: int = 128 << 20
    json: int = 64 << 20
    media: int = 1 << 30
    ratio: int = 200


class Archive:
    """A checked ZIP. Raises BadExport from its constructor, and where a checksum no longer holds."""

    def __init__(self, path: Path, limits: Limits, alive: Callable[[], object]) -> None:
        self.limits = limits
        self._alive = alive
        self._zip = _opened(path, limits)
        try:
            self.members = _checked(self._zip.infolist(), limits)
            for member in self.members.values():
                self._test(member)
        except BaseException:
            self.close()
            raise

    def read(self, name: str, most: int) -> bytes | None:
        """None where there is no such member, or it is larger than `most` bytes."""
        member = self.members.get(name)
        if member is None or member.file_size > most:
            return None
        try:
            return self._zip.read(member)
        except BROKEN as error:
            raise _broken() from error

    def _test(self, member: zipfile.ZipInfo) -> None:
        try:
            with self._zip.open(member) as content:
                while content.read(PIECE):
                    self._alive()
        except BROKEN as error:
            raise _broken() from error

    def close(self) -> None:
        self._zip.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def _opened(path: Path, limits: Limits) -> zipfile.ZipFile:
    try:
        with path.open("rb") as file:
            size = _directory_size(file)
        if size > limits.directory:
            raise _too_large("fler filer än systemet tar emot på en gång")
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error) as error:
        raise BadExport(
            "Filen går inte att läsa som ZIP: den är något annat, eller så blev hämtningen avbruten. "
            "Hämta exporten från Facebook igen och välj ZIP-filen som den är."
        ) from error
    except OSError as error:
        raise BadExport("Filen går inte att öppna. Kontrollera att den finns kvar och får läsas.") from error


def _directory_size(file: BinaryIO) -> int:
    """What the archive says its table of contents takes: zipfile reads all of it into memory at once.

    The largest of all ends that could be meant, since a comment or a field may hold the sign of another.
    """
    end = file.seek(0, 2)
    file.seek(max(0, end - 0xFFFF - 22 - 76))
    tail = file.read()
    ends = (match.start() for match in re.finditer(rb"PK\x05\x06", tail) if match.start() + 22 <= len(tail))
    return max((_said_at(tail, at) for at in ends), default=0)


def _said_at(tail: bytes, at: int) -> int:
    size: int = struct.unpack_from("<L", tail, at + 12)[0]
    large = at - 76
    if large >= 0 and tail.startswith(b"PK\x06\x06", large):
        return max(size if size != 0xFFFFFFFF else 0, struct.unpack_from("<Q", tail, large + 40)[0])
    return size


def _checked(members: list[zipfile.ZipInfo], limits: Limits) -> dict[str, zipfile.ZipInfo]:
    if len(members) > limits.members:
        raise _too_large(f"{len(members)} filer, och systemet tar emot högst {limits.members}")
    checked: dict[str, zipfile.ZipInfo] = {}
    for member in members:
        _check(member, limits)
        if member.filename in checked:
            raise BadExport("Samma fil finns två gånger i ZIP-filen. Så skriver inte Facebook; hämta exporten igen.")
        checked[member.filename] = member
    if sum(member.file_size for member in members) > limits.total:
        raise _too_large(f"mer än {_measure(limits.total)} uppackad")
    return {name: member for name, member in checked.items() if not member.is_dir()}


def _check(member: zipfile.ZipInfo, limits: Limits) -> None:
    if _climbs(member.orig_filename) or _links(member):
        raise BadExport(
            "ZIP-filen har en fil som pekar ut ur sin egen mapp. Så skriver inte Facebook, och den tas inte emot. "
            "Hämta exporten direkt från Facebook."
        )
    if member.flag_bits & ENCRYPTED:
        raise BadExport("ZIP-filen är låst med lösenord. Välj den fil som Facebook lämnade, utan lösenord.")
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise BadExport(
            "ZIP-filen är packad på ett sätt som Facebook inte använder. Välj den fil som Facebook lämnade."
        )
    if member.file_size > SMALL and member.file_size > member.compress_size * limits.ratio:
        raise BadExport(
            "ZIP-filen har en fil som sväller orimligt mycket när den packas upp, och tas inte emot. "
            "Hämta exporten direkt från Facebook."
        )
    if member.filename.lower().endswith(".json") and member.file_size > limits.json:
        raise _too_large(f"en JSON-fil som är större än {_measure(limits.json)}")


def _climbs(name: str) -> bool:
    return (
        not name
        or name.startswith("/")
        or re.search(r"[\\\x00-\x1f\x7f]", name) is not None
        or re.match(r"[A-Za-z]:", name) is not None
        or ".." in name.split("/")
    )


def _links(member: zipfile.ZipInfo) -> bool:
    kind = stat.S_IFMT(member.external_attr >> 16)
    return kind not in (0, stat.S_IFREG, stat.S_IFDIR)


def _too_large(what: str) -> BadExport:
    return BadExport(f"ZIP-filen är för stor: den har {what}. Beställ exporten i flera delar med kortare tid i varje.")


def _broken() -> BadExport:
    return BadExport(
        "ZIP-filen är skadad: allt i den går inte att läsa. Hämta exporten från Facebook igen; "
        "ofta blev hämtningen avbruten."
    )


def _measure(size: int) -> str:
    for unit, name in ((1 << 30, "GB"), (1 << 20, "MB"), (1 << 10, "kB")):
        if size >= unit:
            return f"{size // unit} {name}"
    return f"{size} byte"
