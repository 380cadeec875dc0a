select plan(21);
create function tests.facts(p_sql text) returns text language plpgsql as $$
declare
  v_detail text;
begin
  execute p_sql;
exception
  when sqlstate 'RS604' then
    get stacked diagnostics v_detail = pg_exception_detail;
    return v_detail;
end;
$$;
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai'), tests.operator('olga'), tests.item('disc'), tests.item('lp'), tests.item('cd');
select tests.held('disc', 'ana'), tests.waiting('disc', 'ben', 'cai'), tests.held('lp', 'ben'), tests.waiting('lp', 'cai');
select tests.held('cd', 'cai');
create temporary table barred as select * from apartado.bar_member('olga', 'BEN', 'resells what is set aside');
select is((select concat_ws(' ', alias, barred_at = apartado.clock(), reservations, entries, promoted) from barred), 'ben t 0 0 0', 'every field');
select tests.refuses($$select * from apartado.reserve('ben', apartado.item_id('cd'))$$, 'RS604', 'member', 'every command of theirs is refused');
select is(tests.facts($$select * from apartado.list_reservations('ben')$$), 'barred_at: 2030-01-01T12:00:00.000000Z, reason: resells what is set aside', 'with the reason, which they can read whenever they come');
select is(fact ->> 'reason', 'resells what is set aside', 'also among other reasons') from apartado.explain_reserve('ben', apartado.item_id('cd')) where code = 'RS604';
select is(tests.holders('lp'), 'ben 1', 'what they hold is theirs until its deadline');
select is((select concat_ws(' ', kind, data ->> 'reason', data ->> 'barred') from apartado.events order by event_id desc limit 1), 'member.changed resells what is set aside true', 'they are told why');
select is((select promoted from apartado.revoke_reservation(null, tests.reservation('ana', 'disc'), 'why')), 1, 'a place of theirs');
select is(tests.holders('disc'), 'cai 1', 'is skipped');
select tests.refuses($$select * from apartado.bar_member(null, 'ben', 'again')$$, 'RS312/barred', 'alias', 'once');
select is((select concat_ws(' ', alias, promoted) from apartado.unbar_member('olga', 'ben', 'we talked')), 'ben 0', 'and may act again');
select is(barred_reason, null, 'the reason is over') from apartado.members where alias = 'ben';
select is((select outcome from apartado.reserve('ben', apartado.item_id('cd'), p_if_unavailable => 'queue')), 'queued', 'which works');
select is((select concat_ws(' ', reservations, entries, promoted) from apartado.bar_member('olga', 'ben', 'again', p_end => true)), '1 2 1', 'or all that is theirs ends at once');
select is((select string_agg(concat_ws(' ', kind, data ->> 'reason'), ', ' order by event_id) from apartado.events where member_id = (select member_id from apartado.members where alias = 'ben') and kind ~ 'removed|revoked'), 'queue.removed again, queue.removed again, reservation.revoked again', 'with the reason');
select is(tests.holders('lp'), 'cai 1', 'and goes to who waits');
select tests.refuses($$select * from apartado.bar_member('olga', 'olga', 'why')$$, 'RS312/oneself', 'alias', 'nobody bars themself');
select tests.refuses($$select * from apartado.bar_member('ana', 'cai', 'why')$$, 'RS602', 'actor', 'members may not');
select tests.refuses($$select * from apartado.bar_member(null, 'zoe', 'why')$$, 'RS103', 'alias', 'unknown');
select tests.refuses($$select * from apartado.bar_member(null, null, 'why')$$, 'RS103', 'alias', 'nobody');
select tests.refuses($$select * from apartado.bar_member(null, 'cai', ' ')$$, 'RS205', 'reason', 'not without a reason');
select tests.commits();
