import hashlib
import threading
from datetime import UTC, date, datetime

import pytest
from django.db import connection

from moderation.actions.take_delivery import refuse_delivery, take_delivery
from moderation.models import AuditEntry, RefusedDelivery, WebhookDelivery
from moderation.policy.terms import OrderState
from tests import make

pytestmark = pytest.mark.django_db

BODY = b'{"object":"page","entry":[{"message":"\\u00e9 \xff\x00"}]}'


def test_a_delivery_is_kept_to_the_byte_as_an_order_for_now():
    now = datetime(2026, 11, 20, 9, 12, 34, 567891, tzinfo=UTC)
    assert take_delivery(body=BODY, now=now)
    row = WebhookDelivery.objects.get()
    assert bytes(row.body) == BODY
    assert row.sha256 == hashlib.sha256(BODY).hexdigest()
    assert (row.state, row.attempts, row.ordered_at, row.not_before) == (OrderState.ORDERED, 0, now, now)
    assert (row.started_at, row.done_at, row.ordered_by, row.last_error, row.remarks) == (None, None, None, "", "")
    assert WebhookDelivery.objects.claim(now) == row


def test_what_is_inserted_is_what_the_row_itself_would_save():
    take_delivery(body=BODY, now=make.NOW)
    row = WebhookDelivery.objects.get()
    other = WebhookDelivery(body=BODY, sha256="0" * 64, ordered_at=make.NOW, not_before=make.NOW)
    other.save()
    other.refresh_from_db()
    fields = {field.attname for field in WebhookDelivery._meta.concrete_fields} - {"id", "sha256"}
    assert {name: getattr(row, name) for name in fields} == {name: getattr(other, name) for name in fields}


def test_the_same_bytes_again_are_nothing_new_whatever_has_become_of_them():
    take_delivery(body=BODY, now=make.NOW)
    WebhookDelivery.objects.update(state=OrderState.DONE)
    assert not take_delivery(body=BODY, now=make.NOW)
    assert WebhookDelivery.objects.get().state == OrderState.DONE
    assert take_delivery(body=BODY + b" ", now=make.NOW)
    assert WebhookDelivery.objects.count() == 2


def test_an_empty_body_and_a_large_one_are_kept_as_well():
    for body in (b"", b"\x00" * 1024 * 1024):
        assert take_delivery(body=body, now=make.NOW)
        assert bytes(WebhookDelivery.objects.latest("pk").body) == body


def test_it_is_one_statement_that_never_fails_for_a_double(django_assert_num_queries):
    """PostgreSQL writes a failing statement, with what citizens wrote in it, to its log."""
    failed = []

    def listen(execute, sql, params, many, context):
        try:
            return execute(sql, params, many, context)
        except Exception as error:
            failed.append(error)
            raise

    for new in (True, False):
        with django_assert_num_queries(1), connection.execute_wrapper(listen):
            assert take_delivery(body=BODY, now=make.NOW) is new
    assert failed == []


def test_nothing_is_decided_so_the_chain_hears_nothing():
    take_delivery(body=BODY, now=make.NOW)
    refuse_delivery(now=make.NOW)
    assert not AuditEntry.objects.exists()


def test_what_is_turned_away_is_counted_on_the_swedish_day():
    for hour in (22, 23):
        refuse_delivery(now=datetime(2026, 11, 20, hour, 30, tzinfo=UTC))
    refuse_delivery(now=datetime(2026, 11, 21, 12, 0, tzinfo=UTC))
    counted = dict(RefusedDelivery.objects.values_list("day", "count"))
    assert counted == {date(2026, 11, 20): 1, date(2026, 11, 21): 2}


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
def test_of_many_doubles_at_the_same_moment_exactly_one_is_new():
    start, told = threading.Barrier(8), []

    def go():
        try:
            start.wait()
            told.append(take_delivery(body=BODY, now=make.NOW))
        finally:
            connection.close()

    threads = [threading.Thread(target=go) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == [False] * 7 + [True]
    assert WebhookDelivery.objects.count() == 1
