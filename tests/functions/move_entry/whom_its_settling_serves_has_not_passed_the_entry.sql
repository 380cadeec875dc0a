select plan(7);
-- two units of h1, whose deadline has passed: ben has one of them before cai is put in front
select tests.freeze('2030-01-01 12:00Z');
select tests.members('h1', 'h2', 'ana', 'ben', 'cai', 'dee'), tests.item('disc', 4);
update apartado.policies set fit = 'fit', passed_limit = 1;
select from apartado.reserve('h1', apartado.item_id('disc'), 2, p_ttl => '1 minute');
select from apartado.reserve('h2', apartado.item_id('disc'), 2);
select from apartado.join_queue('ana', apartado.item_id('disc'), 3);
select tests.waiting('disc', 'ben');
select from apartado.join_queue('cai', apartado.item_id('disc'), 3);
select tests.waiting('disc', 'dee');
create function tests.passed() returns text language sql as $$ select string_agg(concat_ws(' ', alias, passed), ', ' order by "position") from apartado.list_queue(null, apartado.item_id('disc')) $$;
create function tests.move(p_alias text, p_position integer) returns text language sql as $$
  select e.status || ' ' || e."position"
    from apartado.queue_entries q
    join apartado.members m using (member_id)
   cross join lateral apartado.move_entry(null, q.queue_entry_id, p_position, 'was here first') e
   where m.alias = p_alias;
$$;
select tests.advance('1 minute');
select is(tests.move('cai', 1), 'waiting 1', 'moved, once the row was settled');
select is(tests.holders('disc'), 'h2 2, ben 1', 'whose settling served ben past ana, and past her nobody else');
select is(tests.passed(), 'cai 0, ana 1, dee 0', 'ben did not pass cai, who stood behind him then');
select is((select count(*) from apartado.explain_position('cai', apartado.item_id('disc')) where code = 'passed'), 0::bigint, 'nor is she told so');
select is(tests.move('ana', 3), 'waiting 2', 'ana goes to the end, and dee is served because of it');
select is(tests.passed(), 'cai 1, ana 0', 'which passes cai');
select tests.commits();
