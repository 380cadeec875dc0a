"""Aliases, invitations, secrets and tokens that two come for at once."""

from __future__ import annotations

import pytest

from scenes import LEVELS, Shop, breaks, finish, outcome
from sessions import Stage

SIGN_IN = "select alias from apartado.sign_in(%s, %s)"
COME = "select alias from apartado.sign_in(%s, p_invitation => %s)"
KNOWN = "select count(*) from apartado.members where alias = any (%s)"
ROTATE = "select token from apartado.rotate_session(%s)"
ACT = (
    "select r.* from apartado.authenticate(%s) a cross join lateral apartado.reserve(a.alias, %s) r"
)
WHO = "select alias from apartado.authenticate(%s)"
LIVE = (
    "select count(*) from apartado.sessions s join apartado.members m using (member_id)"
    " where m.alias = %s and s.ended_at is null"
)
NEW_SECRET = "select * from apartado.rotate_secret(%s, %s, p_end_others => true)"
SECRETS = ("a" * 40, "b" * 40)


# -- one alias -----------------------------------------------------------------------------------


def two_claim_one_alias(shop: Shop, stage: Stage, level: str) -> None:
    (alias,) = shop.members("first")
    alias += ".claimed"
    one, other = stage.sessions("one", "other", isolation=level)
    one.step("begin")
    assert one.step(SIGN_IN, [alias, SECRETS[0]]).row["alias"] == alias
    late = other.step(SIGN_IN, [alias, SECRETS[1]])
    assert late.blocked_by == {"one"}
    one.step("commit")
    assert outcome(finish(late, [alias, SECRETS[1]])) == "RS601"
    assert shop.one(KNOWN, [[alias]]) == 1
    assert shop.one(SIGN_IN, [alias, SECRETS[0]]) == alias


@pytest.mark.parametrize("level", LEVELS)
def test_of_two_who_claim_one_alias_one_has_it(shop: Shop, stage: Stage, level: str) -> None:
    two_claim_one_alias(shop, stage, level)


def test_an_alias_that_the_later_one_takes_over_is_caught(
    mutant: Shop, mutant_stage: Stage
) -> None:
    mutant.mutate(
        r"on conflict on constraint member_alias_is_unique do nothing",
        "on conflict on constraint member_alias_is_unique"
        " do update set secret_hash = excluded.secret_hash",
        "_admit",
    )
    breaks(lambda: two_claim_one_alias(mutant, mutant_stage, LEVELS[0]))


def test_who_repeats_a_first_sign_in_beside_itself_is_let_in(shop: Shop, stage: Stage) -> None:
    (alias,) = shop.members("again")
    alias += ".claimed"
    one, other = stage.sessions("one", "other")
    one.step("begin")
    one.step(SIGN_IN, [alias, SECRETS[0]])
    late = other.step(SIGN_IN, [alias, SECRETS[0]])
    assert late.blocked_by == {"one"}
    one.step("commit")
    assert late.row["alias"] == alias
    assert shop.one(LIVE, [alias]) == 2


# -- one subject of another login ----------------------------------------------------------------

COME_AS = "select alias from apartado.sign_in_with_identity('https://login.example', %s, %s)"
UNLINK = "select * from apartado.unlink_identity(null, %s, 'https://login.example', %s, 'stolen')"
SHOWN = COME_AS.replace("alias", "alias, recovery_secret", 1)


def two_with_one_subject(shop: Shop, stage: Stage, level: str) -> None:
    (mark,) = shop.members("subject")
    aliases = [f"{mark}.one", f"{mark}.other"]
    one, other = stage.sessions("one", "other", isolation=level)
    one.step("begin")
    assert one.step(COME_AS, [mark, aliases[0]]).row["alias"] == aliases[0]
    late = other.step(COME_AS, [mark, aliases[1]])
    assert late.blocked_by == {"one"}
    one.step("commit")
    ended = finish(late, [mark, aliases[1]])
    # stopped and tried again, it finds the subject linked
    assert outcome(ended) == "RS312" if level == LEVELS[0] else ended.row["alias"] == aliases[0]
    assert shop.one(KNOWN, [aliases]) == 1
    assert shop.one(COME_AS, [mark, aliases[1]]) == aliases[0]


@pytest.mark.parametrize("level", LEVELS)
def test_of_two_with_one_subject_one_becomes_a_member(shop: Shop, stage: Stage, level: str) -> None:
    two_with_one_subject(shop, stage, level)


def test_a_member_who_is_left_without_the_subject_is_caught(
    mutant: Shop, mutant_stage: Stage
) -> None:
    mutant.mutate(
        r"if not found then\s+perform apartado\._refuse\('RS312/linked'[^;]*;\s+end if;",
        "",
        "sign_in_with_identity",
    )
    breaks(lambda: two_with_one_subject(mutant, mutant_stage, LEVELS[0]))


@pytest.mark.parametrize("level", LEVELS)
def test_who_comes_with_a_subject_twice_at_once_is_let_in(
    shop: Shop, stage: Stage, level: str
) -> None:
    """The later one finds its alias taken, by itself: it is signed in, and shown no secret."""
    (mark,) = shop.members("twin")
    alias = f"{mark}.claimed"
    one, other = stage.sessions("one", "other", isolation=level)
    one.step("begin")
    assert one.step(SHOWN, [mark, alias]).row["recovery_secret"]
    late = other.step(SHOWN, [mark, alias])
    assert late.blocked_by == {"one"}
    one.step("commit")
    assert finish(late, [mark, alias]).row == {"alias": alias, "recovery_secret": None}
    assert shop.one(LIVE, [alias]) == 2


def a_subject_is_unlinked_meanwhile(shop: Shop, stage: Stage, level: str) -> None:
    """Whoever waits for the member comes with a link that is gone when it goes on."""
    (alias,) = shop.members("linked")
    shop.ask("select from apartado.link_identity(%s, 'https://login.example', %s)", [alias, alias])
    owner, thief = stage.sessions("owner", "thief", isolation=level)
    owner.step("begin")
    assert owner.step(UNLINK, [alias, alias]).rows
    late = thief.step(COME_AS, [alias, None])
    assert late.blocked_by == {"owner"}
    owner.step("commit")
    assert outcome(finish(late, [alias, None])) == "RS601"
    assert shop.one(LIVE, [alias]) == 0


@pytest.mark.parametrize("level", LEVELS)
def test_a_subject_that_is_unlinked_meanwhile_opens_nothing(
    shop: Shop, stage: Stage, level: str
) -> None:
    a_subject_is_unlinked_meanwhile(shop, stage, level)


@pytest.mark.parametrize("level", LEVELS[:2])
def test_a_link_of_before_the_wait_is_caught(mutant: Shop, mutant_stage: Stage, level: str) -> None:
    mutant.mutate(
        r"perform from apartado\.identities i[^;]*;\s*if not found then[^;]*;\s*end if;",
        "",
        "sign_in_with_identity",
    )
    breaks(lambda: a_subject_is_unlinked_meanwhile(mutant, mutant_stage, level))


# -- one invitation ------------------------------------------------------------------------------


def two_with_one_invitation(shop: Shop, stage: Stage, level: str) -> None:
    shop.ask("select * from apartado.change_settings(null, 'invite')")
    (mark,) = shop.members("guest")
    aliases = [f"{mark}.{name}" for name in ("one", "other")]
    invitation = shop.one("select invitation from apartado.invite_member(null)")
    one, other = stage.sessions("one", "other", isolation=level)
    one.step("begin")
    assert one.step(COME, [aliases[0], invitation]).row["alias"] == aliases[0]
    late = other.step(COME, [aliases[1], invitation])
    assert late.blocked_by == {"one"}
    one.step("commit")
    assert outcome(finish(late, [aliases[1], invitation])) == "RS603"
    assert shop.one(KNOWN, [aliases]) == 1


@pytest.mark.parametrize("level", LEVELS)
def test_of_two_with_one_invitation_one_comes_in(shop: Shop, stage: Stage, level: str) -> None:
    two_with_one_invitation(shop, stage, level)
    shop.ask("select * from apartado.change_settings(null, 'open')")


def test_an_invitation_that_is_only_looked_at_is_caught(mutant: Shop, mutant_stage: Stage) -> None:
    mutant.mutate(r"(used_by = v_member_id[^;]*?)and i\.used_at is null", r"\1", "_admit")
    breaks(lambda: two_with_one_invitation(mutant, mutant_stage, LEVELS[0]))


# -- one token -----------------------------------------------------------------------------------


def test_a_command_under_way_is_finished_and_the_old_token_dead(shop: Shop, stage: Stage) -> None:
    (mark,) = shop.members("worker")
    token = shop.one("select token from apartado.sign_in(%s)", [f"{mark}.w"])
    item, other_item = shop.item(), shop.item()
    command, rotation = stage.sessions("command", "rotation", user="apartado_api")
    command.step("begin")
    assert outcome(command.step(ACT, [token, item])) == "reserved"
    fresh = rotation.step(ROTATE, [token])
    assert not fresh.blocked
    assert not command.step("commit").refused
    assert shop.state(item).holders == [f"{mark}.w"]
    assert outcome(command.step(ACT, [token, other_item])) == "RS601"
    assert outcome(command.step(ACT, [fresh.row["token"], other_item])) == "reserved"


def two_rotate_one_token(shop: Shop, stage: Stage, level: str) -> None:
    (mark,) = shop.members("twice")
    token = shop.one("select token from apartado.sign_in(%s)", [f"{mark}.t"])
    one, other = stage.sessions("one", "other", isolation=level)
    one.step("begin")
    fresh = one.step(ROTATE, [token]).row["token"]
    late = other.step(ROTATE, [token])
    assert late.blocked_by == {"one"}
    one.step("commit")
    assert outcome(finish(late, [token])) == "RS601"
    assert shop.one(WHO, [fresh]) == f"{mark}.t"


@pytest.mark.parametrize("level", LEVELS)
def test_of_two_who_rotate_one_token_one_has_the_session(
    shop: Shop, stage: Stage, level: str
) -> None:
    two_rotate_one_token(shop, stage, level)


def test_a_rotation_of_whatever_token_there_is_now_is_caught(
    mutant: Shop, mutant_stage: Stage
) -> None:
    mutant.mutate(
        r"where s\.token_hash = apartado\._hash\(p_token\)",
        "where s.session_id = rotate_session.session_id",
        "rotate_session",
    )
    breaks(lambda: two_rotate_one_token(mutant, mutant_stage, LEVELS[0]))


def test_being_seen_waits_for_nobody(shop: Shop, stage: Stage) -> None:
    """Who holds the session's row does not hold up its commands, which would note it as seen."""
    (mark,) = shop.members("seen")
    token = shop.one("select token from apartado.sign_in(%s)", [f"{mark}.s"])
    aged = (
        "update apartado.sessions set last_seen_at = last_seen_at - interval '1 hour'"
        " where token_hash = apartado._hash(%s) returning last_seen_at"
    )
    before = shop.one(aged, [token])
    holder, command = stage.sessions("holder", "command")
    holder.step("begin")
    holder.step(aged, [token])
    looked = command.step(WHO, [token])
    assert not looked.blocked
    assert looked.row["alias"] == f"{mark}.s"
    holder.step("rollback")
    seen = "select last_seen_at from apartado.sessions where token_hash = apartado._hash(%s)"
    assert shop.one(seen, [token]) == before
    command.step(WHO, [token])
    assert shop.one(seen, [token]) > before


# -- one secret ----------------------------------------------------------------------------------


def a_sign_in_beside_a_new_secret(shop: Shop, stage: Stage) -> None:
    """Whoever signs in with the old secret is refused, or ended with the other sessions."""
    (mark,) = shop.members("owner")
    for first in ("sign-in", "rotation"):
        alias = f"{mark}.{first}"
        shop.ask(SIGN_IN, [alias, SECRETS[0]])
        thief, owner = stage.sessions(f"thief {first}", f"owner {first}")
        if first == "sign-in":
            thief.step("begin")
            thief.step(SIGN_IN, [alias, SECRETS[0]])
            rotation = owner.step(NEW_SECRET, [alias, SECRETS[1]])
            assert rotation.blocked_by == {thief.name}
            thief.step("commit")
            assert rotation.row["sessions_ended"] == 2
        else:
            owner.step("begin")
            owner.step(NEW_SECRET, [alias, SECRETS[1]])
            late = thief.step(SIGN_IN, [alias, SECRETS[0]])
            owner.step("commit")
            assert outcome(late) == "RS601"
        assert shop.one(LIVE, [alias]) == 0


def test_no_sign_in_with_the_old_secret_outlives_the_new_one(shop: Shop, stage: Stage) -> None:
    a_sign_in_beside_a_new_secret(shop, stage)


def test_a_sign_in_that_does_not_hold_the_member_is_caught(
    mutant: Shop, mutant_stage: Stage
) -> None:
    mutant.mutate(r" for share;", ";", "sign_in")
    breaks(lambda: a_sign_in_beside_a_new_secret(mutant, mutant_stage))


# -- tries at a secret ---------------------------------------------------------------------------


def a_success_beside_the_next_try(shop: Shop, stage: Stage) -> None:
    """Of one alias from one address: both go by the address first."""
    (alias,) = shop.members("guest")
    address = "192.0.2.7"
    count = "select from apartado.count_attempt('sign_in', %s, p_address => %s)"
    shop.ask(count, [alias, address])
    third, success, more = stage.sessions("third", "success", "more")
    third.step("begin")
    third.step("select from apartado.attempts where kind = 'address' for update")
    taken = success.step(
        "select from apartado.take_attempt_back(%s, 'sign_in', %s)", [address, alias]
    )
    assert taken.blocked_by == {"third"}
    counted = more.step(count, [alias, address])
    assert counted.blocked
    # what the third does next finds free whatever the others will come to
    at_both = "select from apartado.attempts where kind = 'at_address' for update nowait"
    assert not third.step(at_both).refused
    third.step("commit")
    assert not taken.refused
    assert not counted.refused


def test_who_comes_in_and_who_tries_go_one_after_the_other(shop: Shop, stage: Stage) -> None:
    a_success_beside_the_next_try(shop, stage)


def test_a_success_that_does_not_hold_the_address_is_caught(
    mutant: Shop, mutant_stage: Stage
) -> None:
    mutant.mutate(r" for no key update;", ";", "take_attempt_back")
    breaks(lambda: a_success_beside_the_next_try(mutant, mutant_stage))
