"""The Page's own node, its reels, and what others write about it elsewhere."""

from datetime import timedelta

import pytest
import requests

from moderation.graph.simulator import ANONYMOUS, World
from moderation.graph.simulator.files import filmed
from moderation.graph.simulator.pictures import drawn
from tests.moderation.graph.simulator.conftest import NOON, PAGE_ID, Clock, Door

ABOUT = "about,bio,description,username,cover{id,source,offset_x,offset_y},picture{url},is_published"


def ids(rows: list[dict]) -> list[str]:
    return [row["id"] for row in rows]


def test_a_page_that_says_nothing_of_itself_lacks_the_fields(door: Door) -> None:
    assert door.json("me", fields=ABOUT) == {"is_published": True, "id": PAGE_ID}


def test_what_the_page_says_of_itself_can_be_set_and_changed(door: Door, world: World) -> None:
    world.set_page(about="Hej!", description="Här svarar vi.", bio="Kommun", username="provkoping")
    world.set_page(about="Hej igen!", is_published=False, name="Provköping")
    page = door.json(PAGE_ID, fields=f"{ABOUT},name")
    assert (page["about"], page["description"], page["bio"]) == ("Hej igen!", "Här svarar vi.", "Kommun")
    assert (page["username"], page["is_published"], page["name"]) == ("provkoping", False, "Provköping")


def test_cover_and_picture_are_fetched_under_signed_links(door: Door, world: World, clock: Clock) -> None:
    world.set_page(cover="lake", picture="school", offset_y=37)
    page = door.json("me", fields="cover,picture{url}")
    assert (page["cover"]["offset_x"], page["cover"]["offset_y"]) == (0, 37)
    assert requests.get(page["cover"]["source"], timeout=5).content == drawn("lake").content
    assert set(page["picture"]["data"]) == {"url"}
    assert requests.get(page["picture"]["data"]["url"], timeout=5).content == drawn("school").content
    clock.pass_by(days=5)
    assert requests.get(page["cover"]["source"], timeout=5).status_code == 403


def test_a_new_cover_is_another_picture(door: Door, world: World) -> None:
    world.set_page(cover="lake")
    first = door.json("me", fields="cover")["cover"]["id"]
    world.set_page(cover="map")
    assert door.json("me", fields="cover")["cover"]["id"] != first


def test_what_a_page_does_not_have_cannot_be_set(world: World) -> None:
    with pytest.raises(TypeError):
        world.set_page(colour="blue")


def test_reels_are_listed_as_films_with_the_post_they_belong_to(door: Door, world: World, post: str) -> None:
    reel = world.add_post("Se filmen!", NOON, reel=True, film="bron", pictures=["lake"])
    bare = world.add_post("Utan fil", NOON - timedelta(hours=1), reel=True)
    fields = "id,description,created_time,permalink_url,post_id,source,picture"
    first, second = door.json("me/video_reels", fields=fields)["data"]
    assert (first["post_id"], second["post_id"]) == (reel, bare)
    assert first["description"] == "Se filmen!"
    assert first["permalink_url"] == f"/reel/{first['id']}/"
    assert requests.get(first["source"], timeout=5).content == filmed("bron").content
    assert "source" not in second
    assert door.json(first["id"], fields=fields) == first
    assert door.error("me/video_reels", fields="message")["code"] == 100


def test_a_reels_film_has_the_comments_of_its_post(door: Door, world: World) -> None:
    reel = world.add_post("Se filmen!", NOON, reel=True)
    comment = world.add_comment(reel, "Fin!", NOON)
    [film] = door.json("me/video_reels", fields="comments.filter(stream){message}")["data"]
    assert film["comments"]["data"] == [{"message": "Fin!", "id": comment}]
    assert ids(door.json(f"{film['id']}/comments")["data"]) == [comment]


def test_reels_are_in_the_feed_unless_switched_out_of_it(door: Door, world: World, post: str) -> None:
    reel = world.add_post("Se filmen!", NOON, reel=True)
    assert ids(door.json("me/feed")["data"]) == [reel, post]
    door.order("reels_in_feed", shown=False)
    for edge in ("feed", "posts", "published_posts"):
        assert ids(door.json(f"me/{edge}")["data"]) == [post]
    assert [film["post_id"] for film in door.json("me/video_reels", fields="post_id")["data"]] == [reel]
    assert door.json(reel)["id"] == reel


def test_reels_are_walked_and_bounded_by_time(door: Door, world: World) -> None:
    made = [world.add_post(str(n), NOON - timedelta(days=n), reel=True) for n in range(5)]
    rows = door.all_rows("me/video_reels", fields="post_id", limit=2)
    assert [row["post_id"] for row in rows] == made
    since = int((NOON - timedelta(days=1)).timestamp())
    assert len(door.json("me/video_reels", since=since)["data"]) == 2


def test_a_removed_reel_takes_its_film_along(door: Door, world: World) -> None:
    reel = world.add_post("Se filmen!", NOON, reel=True)
    [film] = door.json("me/video_reels")["data"]
    world.remove(reel)
    assert door.error(film["id"])["error_subcode"] == 33
    assert door.json("me/video_reels") == {"data": []}
    world.restore(reel)
    assert door.json("me/video_reels")["data"] == [film]


def test_a_post_that_mentions_the_page_is_tagged_and_in_the_feed(door: Door, world: World, post: str) -> None:
    tagged = world.add_post("Vi älskar kommunen", NOON, author="Kalle Exempel", tagged=True)
    visit = world.add_post("Hej", NOON - timedelta(hours=1), author="Anna Exempel")
    assert not tagged.startswith(PAGE_ID)
    assert ids(door.json("me/tagged")["data"]) == [tagged]
    assert ids(door.json("me/visitor_posts")["data"]) == [visit]
    assert ids(door.json("me/published_posts")["data"]) == [post]
    assert ids(door.json("me/feed")["data"]) == [tagged, visit, post]
    assert door.json(tagged, fields="from")["from"]["name"] == "Kalle Exempel"
    assert door.json(world.add_post("?", NOON, author=ANONYMOUS, tagged=True), fields="from,message")["message"] == "?"


def test_the_page_does_not_mention_itself(world: World) -> None:
    with pytest.raises(ValueError, match="mention"):
        world.add_post("Vi", NOON, tagged=True)
