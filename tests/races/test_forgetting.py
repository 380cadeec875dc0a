"""What is old is forgotten beside those who are at it, and nobody waits in a circle.

Rows are found as they lie, so they are laid here in another order than that of their ids.
"""

from __future__ import annotations

from scenes import Shop, breaks, finish, outcome
from sessions import Stage

COUNTS = """
  insert into apartado.attempts (kind, subject, window_started_at, tries)
  select n.kind, n.subject, clock_timestamp() - interval '2 hours', 1
    from (values (1, 'sign_in', apartado._attempt_subject('sign_in', %(alias)s)),
                 (2, 'sign_in', %(middle)s),
                 (3, 'address', apartado._attempt_subject('address', %(address)s))
         ) n (number, kind, subject)
   order by n.number
"""
SESSIONS = """
  insert into apartado.sessions
    (session_id, member_id, token_hash, language, created_at, last_seen_at, expires_at)
  overriding system value
  select n, m.member_id, sha256(convert_to(m.alias || n, 'UTF8')), 'en',
         t.at, t.at, t.at + interval '30 days'
    from apartado.members m
   cross join generate_series(1000003, 1000001, -1) n
   cross join (select clock_timestamp() - interval '4 years' as at) t
   where m.alias = %s
"""
EVENTS = """
  insert into apartado.events (event_id, kind, member_id, actor, at) overriding system value
  select f.first + n, 'member.changed', m.member_id,
         case n when 1 then 'role:nobody' else m.alias end, clock_timestamp()
    from apartado.members m
   cross join (select nextval('apartado.events_event_id_seq') as first) f
   cross join generate_series(2, 0, -1) n
   where m.alias = %s
"""
HANDED_OUT = "select setval('apartado.events_event_id_seq', max(event_id)) from apartado.events"


def a_try_beside_old_counts(shop: Shop, stage: Stage) -> None:
    """Counts lie as subject, another, address; a try takes the address first."""
    (ana,) = shop.members("ana")
    facts = {"alias": ana, "middle": f"middle of {ana}", "address": f"address of {ana}"}
    shop.ask(COUNTS, facts)
    job, visitor, third = stage.sessions("job", "visitor", "third")
    third.step("begin")
    third.step("select from apartado.attempts where subject = %(middle)s for update", facts)
    forgets = job.step("select * from apartado.forget_old_keys()")
    tries = visitor.step(
        "select from apartado.count_attempt('sign_in', %(alias)s, null, %(address)s)", facts
    )
    third.step("rollback")
    assert not forgets.refused
    assert not tries.refused


def test_a_try_beside_counts_that_are_forgotten(shop: Shop, stage: Stage) -> None:
    a_try_beside_old_counts(shop, stage)


def test_a_try_is_caught_when_it_is_waited_for(mutant: Shop, mutant_stage: Stage) -> None:
    mutant.mutate("for update of a skip locked", "for update of a", "forget_old_keys")
    breaks(lambda: a_try_beside_old_counts(mutant, mutant_stage))


def a_name_goes_beside_a_purge(shop: Shop, stage: Stage) -> None:
    """Whoever takes the name has the first of ana's sessions and waits for the second."""
    (ana,) = shop.members("ana")
    shop.ask(SESSIONS, [ana])
    job, operator, third = stage.sessions("job", "operator", "third")
    third.step("begin")
    third.step("select from apartado.sessions where session_id = 1000002 for update")
    purged = job.step("select * from apartado.forget_old_history()")
    taken = operator.step(f"select * from apartado.anonymise(null, '{ana}', 'why')")
    assert taken.blocked
    third.step("rollback")
    assert [outcome(finish(purged)), outcome(finish(taken))] == ["done", "done"]


def test_a_name_goes_while_sessions_are_purged(shop: Shop, stage: Stage) -> None:
    a_name_goes_beside_a_purge(shop, stage)


def test_a_purge_is_caught_that_waits_for_sessions(mutant: Shop, mutant_stage: Stage) -> None:
    mutant.mutate(
        r"limit p_limit\s+for update of s skip locked",
        "order by s.session_id desc limit p_limit for update of s",
        "_purge",
    )
    breaks(lambda: a_name_goes_beside_a_purge(mutant, mutant_stage))


def a_name_goes_beside_the_numbering(shop: Shop, stage: Stage) -> None:
    """The numbering has the first of ana's events and waits for the second."""
    (ana,) = shop.members("ana")
    numberer, operator, third = stage.sessions("numberer", "operator", "third")
    shop.ask("select apartado._number_events(100000)")
    with shop.connection.transaction():
        shop.ask("set local session_replication_role = replica")
        shop.ask(EVENTS, [ana])
        shop.ask(HANDED_OUT)
    third.step("begin")
    third.step(
        "select from apartado.events where pos is null and actor = 'role:nobody' for no key update"
    )
    numbered = numberer.step("select apartado._number_events()")
    assert numbered.blocked_by == {"third"}
    taken = operator.step(f"select * from apartado.anonymise(null, '{ana}', 'why')")
    assert taken.blocked_by == {"numberer"}
    third.step("rollback")
    assert [outcome(finish(numbered)), outcome(finish(taken))] == ["done", "done"]
    assert shop.one("select count(*) from apartado.events where actor = %s", [ana]) == 0


def test_a_name_goes_while_events_are_numbered(shop: Shop, stage: Stage) -> None:
    a_name_goes_beside_the_numbering(shop, stage)


def test_it_is_caught_when_events_are_renamed_as_they_lie(
    mutant: Shop, mutant_stage: Stage
) -> None:
    mutant.mutate(
        r"order by e\.event_id\s+for no key update", "for no key update", "_take_name_from_ledger"
    )
    breaks(lambda: a_name_goes_beside_the_numbering(mutant, mutant_stage))
