"""Keep what Facebook sent, before anybody has read it, and count what was turned away.

Nothing is decided here, so the audit chain hears nothing: each item that comes of a delivery records its own arrival.
"""

import hashlib
from datetime import datetime

from django.db import connection

from moderation.models import RefusedDelivery, WebhookDelivery
from moderation.policy import workdays


def take_delivery(*, body: bytes, now: datetime) -> bool:
    """Whether these bytes are new. They are committed when this returns, unless the caller has opened a transaction."""
    digest = hashlib.sha256(body).hexdigest()
    return _insert(WebhookDelivery(body=body, sha256=digest, ordered_at=now, not_before=now))


def refuse_delivery(*, now: datetime) -> None:
    RefusedDelivery.objects.count_one(workdays.local_date(now))


def _insert(row: WebhookDelivery) -> bool:
    """One statement, and no error for what is already there.

    PostgreSQL writes a failing INSERT with all its values to its log, and what citizens wrote must not end up there.
    Django's own way around it takes a transaction of three statements and does not tell whether there was anything new.
    """
    fields = [field for field in row._meta.concrete_fields if not field.primary_key]
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
    table, marks = connection.ops.quote_name(row._meta.db_table), ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {table} ({columns}) VALUES ({marks}) ON CONFLICT (sha256) DO NOTHING"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount == 1
