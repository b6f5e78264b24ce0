"""Where a secret must never be: logs, rows, the broker's memory and files, in whatever form it may have been written."""

import base64
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus

import redis
from django.db import connection


def found(secret: str, places: list[Path], broker_url: str) -> Iterator[str]:
    forms = _forms(secret)
    for path in (path for place in places for path in sorted(place.rglob("*")) if path.is_file()):
        yield from (f"{name} in {path}" for name, form in forms.items() if form in path.read_bytes())
    for table, content in _tables():
        yield from (f"{name} in table {table}" for name, form in forms.items() if form in content)
    with redis.Redis.from_url(broker_url) as broker:
        for key in broker.scan_iter():
            content = broker.dump(key) or b""
            yield from (f"{name} in the broker's {key!r}" for name, form in forms.items() if form in content)


def _forms(secret: str) -> dict[str, bytes]:
    raw = secret.encode()
    forms = {"the secret": raw, "its hex": raw.hex().encode(), "its HEX": raw.hex().upper().encode()}
    forms |= {"its URL form": quote(secret, safe="").encode(), "its form in a form": quote_plus(secret).encode()}
    for shift in range(3):
        # Wherever it begins in what was encoded, this much of it comes out the same.
        encoded = base64.b64encode(b"\0" * shift + raw)[4 if shift else 0 : -4]
        forms |= {f"its base64, {shift}": encoded, f"its base64 for addresses, {shift}": encoded.translate(URLSAFE)}
    return forms


URLSAFE = bytes.maketrans(b"+/", b"-_")


def _tables() -> Iterator[tuple[str, bytes]]:
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                values = (bytes(one) if isinstance(one, (bytes, memoryview)) else str(one).encode() for one in row)
                yield table, b"\n".join(values)
