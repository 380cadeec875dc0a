"""Two devices that type the same pairing code at once."""

from __future__ import annotations

import pytest

from scenes import LEVELS, Shop, breaks, finish, outcome
from sessions import Stage

PAIR = "select alias from apartado.pair(%s)"
LIVE = (
    "select count(*) from apartado.sessions s join apartado.members m using (member_id)"
    " where m.alias = %s and s.ended_at is null"
)


def two_with_one_code(shop: Shop, stage: Stage, level: str) -> None:
    (ana,) = shop.members("ana")
    code = shop.one("select code from apartado.start_pairing(%s)", [ana])
    one, other = stage.sessions("one", "other", isolation=level)
    one.step("begin")
    assert one.step(PAIR, [code]).row["alias"] == ana
    late = other.step(PAIR, [code])
    assert late.blocked_by == {"one"}
    one.step("commit")
    assert outcome(finish(late, [code])) == "RS601"
    assert shop.one(LIVE, [ana]) == 1


@pytest.mark.parametrize("level", LEVELS)
def test_of_two_with_one_code_one_is_signed_in(shop: Shop, stage: Stage, level: str) -> None:
    two_with_one_code(shop, stage, level)


def test_a_code_that_is_only_looked_at_is_caught(mutant: Shop, mutant_stage: Stage) -> None:
    mutant.mutate(
        r"delete from apartado.pairing_codes c\s+where ([^;]*?)\s+returning ([^;]*?)\s+into",
        r"select \2 from apartado.pairing_codes c where \1 into",
        "pair",
    )
    breaks(lambda: two_with_one_code(mutant, mutant_stage, LEVELS[0]))
