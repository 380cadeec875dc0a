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


AWAY = {
    "the page": "select unlinked from apartado.delete_page(null, '{page}')",
    "the medium": "select unlinked from apartado.delete_media(null, {media})",
}


def hung(shop: Shop) -> dict[str, object]:
    """A medium in three roles at a page, and what both are called."""
    (page,) = shop.members("page")
    media = medium(shop)
    shop.ask("select from apartado.put_page(null, %s, 'story')", [page])
    for role in ("zz", "mm", "aa"):
        shop.ask("select from apartado.link_media(null, %s, %s, p_page => %s)", [media, role, page])
    return {"page": page, "media": media}


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("first", AWAY)
def test_what_one_took_away_the_other_did_not(
    shop: Shop, stage: Stage, first: str, level: str
) -> None:
    facts = hung(shop)
    (last,) = AWAY.keys() - {first}
    one, other = stage.sessions("one", "other", isolation=level)
    one.step("begin")
    assert one.step(AWAY[first].format_map(facts)).row["unlinked"] == 3
    late = other.step(AWAY[last].format_map(facts))
    assert late.blocked_by == {"one"}
    one.step("commit")
    assert finish(late).row["unlinked"] == 0


def both_go_at_once(shop: Shop, stage: Stage) -> None:
    """The page goes along its links as they were made, the medium along its roles."""
    facts = hung(shop)
    third, one, other = stage.sessions("third", "one", "other")
    for session in (one, other):
        # along the indexes, as on tables of some size
        session.step("set enable_seqscan = off; set enable_bitmapscan = off")
    third.step("begin")
    third.step(
        "select from apartado.media_links where media_id = %s and role = 'mm' for update",
        [facts["media"]],
    )
    page = one.step(AWAY["the page"].format_map(facts))
    assert page.blocked_by == {"third"}
    medium = other.step(AWAY["the medium"].format_map(facts))
    third.step("rollback")
    assert (page.row["unlinked"], medium.row["unlinked"]) == (3, 0)


def test_a_page_and_its_medium_go_at_once(shop: Shop, stage: Stage) -> None:
    both_go_at_once(shop, stage)


def test_it_is_caught_when_a_page_goes_and_its_media_are_not_held(
    mutant: Shop, mutant_stage: Stage
) -> None:
    mutant.mutate("perform from apartado.media m[^;]*for key share;", "", "delete_page")
    breaks(lambda: both_go_at_once(mutant, mutant_stage))


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


def two_change_a_medium(shop: Shop, stage: Stage, level: str) -> None:
    """Each says one thing of it, and what the other said stays."""
    media = medium(shop)
    one, other = stage.sessions("one", "other", isolation=level)
    one.step("begin")
    one.step("select * from apartado.put_media(null, p_media => %s, p_type => 'video')", [media])
    describe = "select * from apartado.put_media(null, p_media => %s, p_description => 'A side')"
    late = other.step(describe, [media])
    assert late.blocked_by == {"one"}
    one.step("commit")
    described = finish(late, [media]).row
    assert (described["type"], described["description"]) == ("video", "A side")


@pytest.mark.parametrize("level", LEVELS)
def test_a_medium_that_two_change_is_as_both_said(shop: Shop, stage: Stage, level: str) -> None:
    two_change_a_medium(shop, stage, level)


def test_it_is_caught_when_the_medium_is_not_locked(mutant: Shop, mutant_stage: Stage) -> None:
    mutant.mutate(r"\s+for no key update;", ";", "put_media")
    breaks(lambda: two_change_a_medium(mutant, mutant_stage, LEVELS[0]))


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


def a_page_that_is_deleted(shop: Shop, stage: Stage, level: str) -> None:
    """What one takes away another changes: there is none to change any more, so it is made anew."""
    put = "select * from apartado.put_page(null, %s, 'story')"
    slug = f"gone-{next(_numbers)}"
    made = shop.ask(put, [slug])[0]
    one, other = stage.sessions("one", "other", isolation=level)
    one.step("begin")
    assert one.step("select * from apartado.delete_page(null, %s)", [slug]).rows
    late = other.step(put, [slug])
    assert late.blocked_by == {"one"}
    one.step("commit")
    again = finish(late, [slug]).row
    assert again["slug"] == slug
    assert again["page_id"] > made["page_id"]


@pytest.mark.parametrize("level", LEVELS)
def test_a_page_that_was_deleted_meanwhile_is_made_anew(
    shop: Shop, stage: Stage, level: str
) -> None:
    a_page_that_is_deleted(shop, stage, level)


def test_it_is_caught_when_the_page_is_not_locked(mutant: Shop, mutant_stage: Stage) -> None:
    mutant.mutate(r" for no key update;", ";", "put_page")
    breaks(lambda: a_page_that_is_deleted(mutant, mutant_stage, LEVELS[0]))
