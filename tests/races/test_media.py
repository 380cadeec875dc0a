"""Operators who hang media at one thing at once, or take it away meanwhile, at all three levels."""

from __future__ import annotations

import itertools

import pytest

from scenes import LEVELS, Shop, breaks, finish, level_of, outcome
from sessions import Stage

_numbers = itertools.count(1)

LINK = "select * from apartado.link_media(null, %s, %s, p_item => %s)"


def medium(shop: Shop) -> int:
    """A new one."""
    asset = f"dam-{next(_numbers)}"
    return int(
        shop.one("select media_id from apartado.put_media(null, %s, p_type => 'image')", [asset])
    )


def the_hundredth_beside_another(shop: Shop, stage: Stage, level: str) -> None:
    """One place is left, and two want it."""
    media, item = medium(shop), shop.item()
    shop.ask(
        "select l.place from generate_series(1, 99) n cross join lateral"
        " apartado.link_media(null, %s, 'role-' || n, p_item => %s) l",
        [media, item],
    )
    one, other = stage.sessions("one", "other", isolation=level)
    one.step("begin")
    assert one.step(LINK, [media, "front", item]).row["place"] == 100
    late = other.step(LINK, [media, "back", item])
    assert late.blocked_by == {"one"}
    one.step("commit")
    assert outcome(finish(late, [media, "back", item])) == "RS204"


@pytest.mark.parametrize("level", LEVELS)
def test_of_two_who_want_the_last_place_one_gets_it(shop: Shop, stage: Stage, level: str) -> None:
    the_hundredth_beside_another(shop, stage, level)


@pytest.mark.parametrize("level", LEVELS[:2])
def test_it_is_caught_when_the_item_is_not_written(
    mutant: Shop, mutant_stage: Stage, level: str
) -> None:
    mutant.mutate(r"perform apartado\._lock_media_target\(v_target\);", "", "link_media")
    breaks(lambda: the_hundredth_beside_another(mutant, mutant_stage, level))


MEANWHILE = {
    # what is done first, and what the one who links is told
    "the member is anonymised": ("select * from apartado.anonymise(null, '{ana}', 'why')", "RS103"),
    "the page is deleted": ("select * from apartado.delete_page(null, '{ana}')", "RS312"),
    "the medium is deleted": ("select * from apartado.delete_media(null, {media})", "RS312"),
}


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(("first", "told"), MEANWHILE.values(), ids=MEANWHILE)
def test_nothing_is_hung_at_what_is_gone(
    shop: Shop, stage: Stage, first: str, told: str, level: str
) -> None:
    (ana,) = shop.members("ana")
    media = medium(shop)
    shop.ask("select from apartado.put_page(null, %s, 'story')", [ana])
    at = "alias" if "anonymise" in first else "page"
    link = f"select * from apartado.link_media(null, {media}, 'cover', p_{at} => '{ana}')"
    shop.ask(link)
    one = stage.session("one", isolation=level_of(first, level))
    other = stage.session("other", isolation=level)
    one.step("begin")
    assert one.step(first.format(ana=ana, media=media)).rows
    late = other.step(link)
    assert late.blocked_by == {"one"}
    one.step("commit")
    assert outcome(finish(late)) == told
    assert shop.ask("select from apartado.media_links where media_id = %s", [media]) == []


@pytest.mark.parametrize("level", LEVELS)
def test_an_asset_that_two_make_is_one(shop: Shop, stage: Stage, level: str) -> None:
    put = "select * from apartado.put_media(null, %s, p_type => %s)"
    asset = f"twice-{next(_numbers)}"
    one, other = stage.sessions("one", "other", isolation=level)
    one.step("begin")
    made = one.step(put, [asset, "image"]).row
    late = other.step(put, [asset, "video"])
    assert late.blocked_by == {"one"}
    one.step("commit")
    assert late.error.sqlstate == "40001"
    again = finish(late, [asset, "video"]).row
    assert (again["media_id"], again["type"]) == (made["media_id"], "video")


@pytest.mark.parametrize("level", LEVELS)
def test_a_page_that_two_make_is_one(shop: Shop, stage: Stage, level: str) -> None:
    put = "select * from apartado.put_page(null, %s, 'story', p_cms_id => %s)"
    slug = f"twice-{next(_numbers)}"
    one, other = stage.sessions("one", "other", isolation=level)
    one.step("begin")
    made = one.step(put, [slug, "cms-1"]).row
    late = other.step(put, [slug, "cms-2"])
    assert late.blocked_by == {"one"}
    one.step("commit")
    again = finish(late, [slug, "cms-2"]).row
    assert (again["page_id"], again["cms_id"]) == (made["page_id"], "cms-2")
