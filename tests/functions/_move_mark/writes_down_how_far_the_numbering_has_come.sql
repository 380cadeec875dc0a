select plan(7);
create function tests.cursor() returns text language sql as $$
  select concat_ws(' ', last_pos, low_id, mark_id, case when mark_xid = pg_current_xact_id() then 'now' when mark_xid = '0' then 'never' else 'before' end) from apartado.event_cursor;
$$;
create function tests.move(p_numbered integer, p_all_done boolean, p_newest bigint) returns text language sql as $$
  select apartado._move_mark(c, p_numbered, p_all_done, p_newest) from apartado.event_cursor c;
  select tests.cursor();
$$;
select is(tests.cursor(), '0 0 0 never', 'at the beginning');
select is(tests.move(5, false, 40), '5 0 0 never', 'positions were given, and not everything is done: the marks stay');
select is(tests.move(0, true, 50), '5 0 50 now', 'everything up to the mark is done: a new mark, behind the newest id');
update apartado.event_cursor set mark_xid = '1';
select is(tests.move(3, true, 60), '8 50 60 now', 'the mark becomes the low id, and the next one is set');
select is(tests.move(1, true, null), '9 60 60 now', 'a transaction that may set no mark lifts the low id only');
update apartado.event_cursor set mark_xid = '9999999999', mark_id = 70;
select is(tests.move(0, false, 80), '9 60 80 now', 'a mark of a transaction that is still to come (after a restore) is dropped');
select is(tests.move(0, true, 10), '9 80 80 now', 'and nothing ever moves back');
