"""Two services that send the events to the same servers."""

from __future__ import annotations

import pytest

from scenes import LEVELS, Shop, breaks, finish, outcome
from sessions import Stage

CLAIM = "select webhook_id, message from apartado.claim_webhooks()"
NOTE = "select arrived from apartado.note_webhook(%s, 1, %s)"


def with_webhook(shop: Shop) -> int:
    """The only one, with a message to send."""
    shop.ask("select (apartado.delete_webhook(null, webhook_id)).url from apartado.webhooks")
    webhook = shop.one(
        "select webhook_id from apartado.create_webhook(null, 'https://shop.example')"
    )
    shop.ask("select apartado._number_events()")
    return int(webhook)


@pytest.mark.parametrize("level", LEVELS)
def test_a_message_is_given_to_one_of_two(shop: Shop, stage: Stage, level: str) -> None:
    webhook = with_webhook(shop)
    one, other = stage.sessions("one", "other", user="apartado_api", isolation=level)
    one.step("begin")
    assert one.step(CLAIM).rows == [{"webhook_id": webhook, "message": 1}]
    assert other.step(CLAIM).rows == []
    one.step("commit")
    assert other.step(CLAIM).rows == []


def test_what_is_changed_meanwhile_is_not_noted(shop: Shop, stage: Stage) -> None:
    """The answer to a message that is none any more, because its kinds were changed."""
    webhook = with_webhook(shop)
    operator, service = stage.session("operator"), stage.session("service", "apartado_api")
    service.step(CLAIM)
    operator.step("begin")
    operator.step("select apartado.change_webhook(null, %s, p_kinds => '{stock.low}')", [webhook])
    late = service.step(NOTE, [webhook, 200])
    assert late.blocked_by == {"operator"}
    operator.step("commit")
    assert late.row == {"arrived": None}
    (now,) = shop.ask("select through, message, last_status from apartado.webhooks")
    assert now == {"through": None, "message": 1, "last_status": None}


def test_of_two_answers_the_first_counts(shop: Shop, stage: Stage) -> None:
    """It took longer than half a minute, was sent again, and both answers come."""
    webhook = with_webhook(shop)
    one, other = stage.sessions("one", "other", user="apartado_api")
    one.step(CLAIM)
    shop.ask("update apartado.webhooks set next_at = '-infinity' returning 1")
    assert other.step(CLAIM).rows == [{"webhook_id": webhook, "message": 1}]
    one.step("begin")
    assert one.step(NOTE, [webhook, 200]).row == {"arrived": True}
    late = other.step(NOTE, [webhook, 500])
    assert late.blocked_by == {"one"}
    one.step("commit")
    assert late.row == {"arrived": None}
    (now,) = shop.ask("select through, failures from apartado.webhooks")
    assert now == {"through": None, "failures": 0}


def two_delete_one(shop: Shop, stage: Stage, level: str) -> None:
    """The second is told that there is none any more."""
    webhook = with_webhook(shop)
    delete = "select * from apartado.delete_webhook(null, %s)"
    one, other = stage.sessions("one", "other", isolation=level)
    one.step("begin")
    assert one.step(delete, [webhook]).row["webhook_id"] == webhook
    late = other.step(delete, [webhook])
    assert late.blocked_by == {"one"}
    one.step("commit")
    assert outcome(finish(late, [webhook])) == "RS312"


@pytest.mark.parametrize("level", LEVELS)
def test_of_two_who_delete_a_webhook_one_does(shop: Shop, stage: Stage, level: str) -> None:
    two_delete_one(shop, stage, level)


def test_it_is_caught_when_the_webhook_is_not_locked(mutant: Shop, mutant_stage: Stage) -> None:
    mutant.mutate(r"\s+for no key update;", ";", "_lock_webhook")
    breaks(lambda: two_delete_one(mutant, mutant_stage, LEVELS[0]))
