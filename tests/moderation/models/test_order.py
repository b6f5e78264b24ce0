from datetime import timedelta

import pytest

from moderation.models import Attachment
from moderation.models.order import LEASE, MAX_ATTEMPTS, Impossible, LostClaim, Postponed, carry_out
from moderation.policy.terms import OrderState
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def attachment():
    return make.attachment(make.item())


def run(work, at=make.NOW):
    return carry_out(Attachment.objects.all(), work, lambda: at)


def test_a_due_order_is_carried_out_once(attachment):
    assert run(lambda row: row.finish(make.NOW)) == 1
    assert run(lambda row: row.finish(make.NOW)) == 0
    attachment.refresh_from_db()
    assert (attachment.state, attachment.done_at) == (OrderState.DONE, make.NOW)


def test_an_order_is_left_alone_before_its_time(attachment):
    assert run(lambda row: row.finish(make.NOW), make.NOW - timedelta(seconds=1)) == 0


def test_one_that_cannot_be_done_now_says_why_and_is_tried_later(attachment):
    def work(row):
        raise Postponed("Facebook svarar inte.")

    run(work)
    attachment.refresh_from_db()
    assert (attachment.state, attachment.last_error) == (OrderState.ORDERED, "Facebook svarar inte.")
    assert attachment.not_before == make.NOW + timedelta(minutes=1)
    assert run(lambda row: row.finish(make.NOW), make.NOW + timedelta(minutes=1)) == 1


def test_each_attempt_waits_longer_and_the_last_one_gives_up(attachment):
    def work(row):
        raise Postponed("Nej.")

    now, waits = make.NOW, []
    for _ in range(MAX_ATTEMPTS):
        run(work, now)
        attachment.refresh_from_db()
        waits.append(attachment.not_before - now)
        now = attachment.not_before
    assert attachment.state == OrderState.FAILED
    assert waits[:-1] == sorted(waits[:-1])


def test_one_that_only_waits_for_something_else_never_fails_for_that(attachment):
    def work(row):
        raise Postponed("Bevisbladet är inte klart än.", timedelta(seconds=4), counts=False)

    now = make.NOW
    for _ in range(2 * MAX_ATTEMPTS):
        run(work, now)
        attachment.refresh_from_db()
        assert attachment.not_before == now + timedelta(seconds=4)
        now = attachment.not_before
    assert (attachment.state, attachment.attempts) == (OrderState.ORDERED, 0)
    assert attachment.last_error == "Bevisbladet är inte klart än."


def test_one_that_can_never_be_done_is_not_tried_again(attachment):
    def work(row):
        raise Impossible("Bilagan finns inte längre.")

    run(work)
    attachment.refresh_from_db()
    assert (attachment.state, attachment.last_error) == (OrderState.FAILED, "Bilagan finns inte längre.")


def test_one_broken_order_does_not_stop_the_next(attachment):
    other = make.attachment(attachment.item)

    def work(row):
        if row.pk == attachment.pk:
            raise ZeroDivisionError("a citizen's words might stand here")
        row.finish(make.NOW)

    assert run(work) == 1
    attachment.refresh_from_db()
    other.refresh_from_db()
    assert other.state == OrderState.DONE
    assert "ZeroDivisionError" in attachment.last_error
    assert "citizen" not in attachment.last_error


def test_an_order_whose_worker_died_is_taken_over_after_the_lease(attachment):
    assert Attachment.objects.claim(make.NOW).pk == attachment.pk
    assert Attachment.objects.claim(make.NOW + LEASE - timedelta(seconds=1)) is None
    assert Attachment.objects.claim(make.NOW + LEASE).pk == attachment.pk


def test_work_that_shows_life_is_not_taken_over(attachment):
    busy = Attachment.objects.claim(make.NOW)
    busy.show_life(make.NOW + LEASE - timedelta(seconds=1))
    assert Attachment.objects.claim(make.NOW + LEASE) is None
    assert Attachment.objects.claim(make.NOW + 2 * LEASE).pk == attachment.pk
    with pytest.raises(LostClaim):
        busy.show_life(make.NOW + 2 * LEASE)


def test_whoever_lost_the_claim_cannot_write_its_result(attachment):
    slow = Attachment.objects.claim(make.NOW)
    Attachment.objects.claim(make.NOW + LEASE)
    with pytest.raises(LostClaim):
        slow.finish(make.NOW, sha256="f" * 64)
    attachment.refresh_from_db()
    assert attachment.sha256 == ""


def test_one_call_tries_at_most_so_many(attachment):
    make.attachment(attachment.item)
    assert carry_out(Attachment.objects.all(), lambda row: row.finish(make.NOW), lambda: make.NOW, most=1) == 1
