from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from moderation import access
from moderation.policy.terms import Category, OrderState, Reason, Right, Role
from tests import make

pytestmark = pytest.mark.django_db


def test_an_editor_sees_the_shared_threads_and_those_of_the_own_verksamhet():
    agda = make.agda()
    shared, own, other = (
        make.item(thread=make.thread(verksamhet))
        for verksamhet in (None, make.verksamhet(make.BARN), make.verksamhet(make.TEKNIK))
    )
    assert set(access.visible_to(agda, make.NOW)) == {shared, own}
    assert access.item_for(agda, own.pk, make.NOW) == own
    with pytest.raises(Http404):
        access.item_for(agda, other.pk, make.NOW)


def test_a_role_for_the_whole_municipality_sees_every_thread():
    item = make.item(thread=make.thread(make.verksamhet(make.TEKNIK)))
    assert list(access.visible_to(make.rut(), make.NOW)) == [item]


def test_the_administrator_reads_nothing_that_citizens_wrote():
    make.item()
    assert not access.visible_to(make.david(), make.NOW).exists()


def test_somebody_who_has_left_sees_nothing():
    make.item()
    erik = make.erik()
    assert not access.visible_to(erik, make.NOW).exists()
    assert access.rights(erik, make.NOW) == set()


def test_a_role_ends_with_its_last_day_in_swedish_time():
    item, editor = make.item(), make.user(role=Role.WEBBREDAKTOR, last_day=date(2026, 11, 20))
    assert list(access.visible_to(editor, make.NOW)) == [item]
    assert not access.visible_to(editor, make.NOW + timedelta(hours=11)).exists()


def test_who_may_read_may_not_therefore_judge():
    item, rut = make.item(), make.rut()
    assert access.item_for(rut, item.pk, make.NOW) == item
    with pytest.raises(PermissionDenied, match="Bedöma handlingar"):
        access.item_for(rut, item.pk, make.NOW, Right.JUDGE)


def test_a_right_is_asked_for_by_its_name():
    access.require(make.david(), Right.GRANT, make.NOW)
    with pytest.raises(PermissionDenied, match="En administratör kan ge dig den"):
        access.require(make.agda(), Right.GRANT, make.NOW)


def test_an_attachment_follows_its_item_and_is_never_shown_where_nobody_may_look():
    agda, item = make.agda(), make.item()
    photo = make.attachment(item, state=OrderState.DONE, sha256="a" * 64)
    assert access.attachment_for(agda, photo.pk, make.NOW) == photo
    make.classification(item, Category.BROTTSLIGT, Reason.BARNPORNOGRAFI)
    with pytest.raises(Http404):
        access.attachment_for(agda, photo.pk, make.NOW)
