"""The helper that the races are told with sees what the server sees."""

from __future__ import annotations

from clusters import Database
from sessions import Stage


def test_a_step_that_waits_names_the_session_it_waits_for(database: Database) -> None:
    with Stage(database) as stage:
        ana, bea = stage.sessions("ana", "bea")
        ana.step("create table board (n int)")
        ana.step("insert into board values (1)")
        ana.step("begin")
        ana.step("update board set n = 2")
        late = bea.step("update board set n = n + 10 returning n")
        assert late.blocked_by == {"ana"}
        assert not late.done
        assert not ana.step("commit").blocked
        assert late.row == {"n": 12}


def test_a_refused_step_keeps_its_error(database: Database) -> None:
    with Stage(database) as stage:
        step = stage.session("ana").step("select 1 / 0")
        assert step.refused
        assert step.error.sqlstate == "22012"
