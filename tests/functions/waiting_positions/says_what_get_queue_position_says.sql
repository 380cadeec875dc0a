select plan(9);
select tests.freeze('2030-01-01 12:00Z');
select tests.members(variadic tests.aliases(1, 9)), tests.members('ana', 'ben', 'vip'), tests.item('disc', 1), tests.item('tape', 1);
create function pg_temp.both(p_alias text) returns setof text language sql as $$
  select format('%s %s %s %s %s', w.item_id, w.location, w.position, w.queue_length, w.expected_wait) from apartado.waiting_positions(array[p_alias]) w
  except all
  select format('%s main %s %s %s', i.item_id, p.position, p.queue_length, p.expected_wait)
    from apartado.items i cross join lateral apartado.get_queue_position(p_alias, i.item_id) p where p.position is not null
$$;
create function pg_temp.differ() returns bigint language sql as $$
  select count(*) from apartado.members m cross join lateral pg_temp.both(m.alias)
$$;
create function pg_temp.places(p_sku text) returns text language sql as $$
  select string_agg(w.alias || ' ' || w.position, ', ' order by w.position)
    from apartado.waiting_positions(array(select alias from apartado.members), array[apartado.item_id(p_sku)]) w
$$;
select tests.held('disc', 'ana'), tests.held('tape', 'ben');
select tests.waiting('disc', variadic tests.aliases(1, 9)), tests.waiting('tape', 'm05', 'm01');
select is(pg_temp.places('disc'), 'm01 1, m02 2, m03 3, m04 4, m05 5, m06 6, m07 7, m08 8, m09 9', 'as they came');
select is(pg_temp.places('tape'), 'm05 1, m01 2', 'a queue each');
select from apartado.set_policy(null, 'of-vip', '{"priority": 5}', p_class => 'vip', p_reason => 'test');
select from apartado.set_member_class(null, 'vip', 'vip', 'test');
select tests.waiting('disc', 'vip');
select from apartado.suspend_entry('m02', apartado.item_id('disc'));
select from apartado.leave_queue('m04', apartado.item_id('disc'));
select from apartado.move_entry(null, (select queue_entry_id from apartado.queue_entries q join apartado.members m using (member_id) where alias = 'm09'), 2, 'test');
select is(pg_temp.places('disc'), 'vip 1, m09 2, m01 3, m02 4, m03 5, m05 6, m06 7, m07 8, m08 9', 'priority, a move, one who left, one who stands aside');
select is(pg_temp.differ(), 0::bigint, 'the same');
select from apartado.leave_queue('m03', apartado.item_id('disc'));
select from apartado.join_queue('m03', apartado.item_id('disc'), p_needed_until => apartado.clock() + interval '1 hour');
select from apartado.join_queue('m04', apartado.item_id('disc'));
select tests.advance('2 hours');
select is(pg_temp.places('disc'), 'vip 1, m09 2, m01 3, m02 4, m05 5, m06 6, m07 7, m08 8, m04 9', 'who does not need it any more counts no more, though nobody has closed it');
select is(pg_temp.differ(), 0::bigint, 'the same');
select is((select count(*) from apartado.waiting_positions('{m01,nobody,null}')), 2::bigint, 'only of those asked for');
select is((select count(*) from apartado.waiting_positions(null)), 0::bigint, 'of nobody');
select tests.commits();
