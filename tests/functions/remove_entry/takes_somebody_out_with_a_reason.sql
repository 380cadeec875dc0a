select plan(14);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai', 'dee', 'eva', 'fay'), tests.operator('olga'), tests.item('disc', 2);
select tests.held('disc', 'ana');
select from apartado.join_queue('ben', apartado.item_id('disc'), 2);
select tests.waiting('disc', 'cai', 'dee', 'eva');
create function tests.entry(p_alias text) returns bigint language sql as $$ select max(queue_entry_id) from apartado.queue_entries q join apartado.members m using (member_id) where m.alias = p_alias $$;
select tests.acts('olga');
create temporary table answer as select * from apartado.remove_entry('olga', tests.entry('ben'), 'bought it elsewhere');
select is(concat_ws(' ', queue_entry_id = tests.entry('ben'), status, queue_length, promoted), 't removed 2 1', 'the head goes, and the next has what was kept for it') from answer;
select is(tests.holders('disc'), 'ana 1, cai 1', 'at once');
select is((select concat_ws(' ', actor, data ->> 'reason') from apartado.events where kind = 'queue.removed'), 'olga bought it elsewhere', 'told with the reason');
select throws_ok($$select * from apartado.explain_position('ben', apartado.item_id('disc'))$$, 'RS107');
create function tests.detail(p_sql text) returns text language plpgsql as $$
declare
  v_detail text;
begin
  execute p_sql;
  return null;
exception
  when sqlstate 'RS107' then
    get stacked diagnostics v_detail = pg_exception_detail;
    return v_detail;
end;
$$;
select matches(tests.detail($$select * from apartado.explain_position('ben', apartado.item_id('disc'))$$), 'reason: bought it elsewhere.*status: removed', 'who asks for the place reads why it is gone');
select from apartado.suspend_entry('dee', apartado.item_id('disc'));
select is((select status from apartado.remove_entry(null, tests.entry('dee'), 'why')), 'removed', 'a suspended one');
select tests.refuses($$select * from apartado.remove_entry(null, tests.entry('dee'), 'why')$$, 'RS312/not_waiting', 'entry', 'only once');
select tests.refuses($$select * from apartado.remove_entry(null, tests.entry('cai'), 'why')$$, 'RS312/not_waiting', 'entry', 'not who was promoted');
select tests.refuses($$select * from apartado.remove_entry(null, -1, 'why')$$, 'RS107/operator', 'entry', 'unknown');
select tests.refuses($$select * from apartado.remove_entry(null, tests.entry('eva'), null)$$, 'RS205', 'reason', 'no reason');
select tests.refuses($$select * from apartado.remove_entry('ana', tests.entry('eva'), 'why')$$, 'RS602', 'actor', 'a member may not');
create temporary table first as select * from apartado.remove_entry('olga', tests.entry('eva'), 'why', 'k');
select results_eq($$select c::text from apartado.remove_entry('olga', tests.entry('eva'), 'why', 'k') c$$, $$select c::text from first c$$, 'the same key, the same answer');
select is((select "position" from apartado.join_queue('ben', apartado.item_id('disc'))), 1::bigint, 'who was removed may join again, at the end');
select tests.commits();
