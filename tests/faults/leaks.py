"""Where a secret must never be: logs, rows, the broker's memory and files, in whatever form it may have been written."""

import base64
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus

import redis
from django.db import connection

URLSAFE = bytes.maketrans(b"+/", b"-_")


def found(secret: str, places: list[Path], broker_url: str) -> Iterator[str]:
    for place, content in (*in_files(places), *in_tables(), *in_broker(broker_url)):
        yield from (f"{form} in {place}" for form in forms_in(secret, content))


def in_files(places: list[Path]) -> Iterator[tuple[str, bytes]]:
    for path in (path for place in places for path in sorted(place.rglob("*")) if path.is_file()):
        yield str(path), path.read_bytes()


def in_tables() -> Iterator[tuple[str, bytes]]:
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                values = (bytes(one) if isinstance(one, (bytes, memoryview)) else str(one).encode() for one in row)
                yield f"table {table}", b"\n".join(values)


def in_broker(url: str) -> Iterator[tuple[str, bytes]]:
    with redis.Redis.from_url(url) as broker:
        for key in broker.scan_iter():
            yield f"the broker's {key!r}", broker.dump(key) or b""


def forms_in(secret: str, content: bytes) -> list[str]:
    return [name for name, form in _forms(secret).items() if form in content]


def _forms(secret: str) -> dict[str, bytes]:
    raw = secret.encode()
    forms = {"the secret": raw, "its hex": raw.hex().encode(), "its HEX": raw.hex().upper().encode()}
    forms |= {"its URL form": quote(secret, safe="").encode(), "its form in a form": quote_plus(secret).encode()}
    for shift in range(3):
        # Wherever it begins in what was encoded, this much of it comes out the same.
        encoded = base64.b64encode(b"\0" * shift + raw)[4 if shift else 0 : -4]
        forms |= {f"its base64, {shift}": encoded, f"its base64 for addresses, {shift}": encoded.translate(URLSAFE)}
    return forms
