select plan(11);
select tests.freeze('2030-01-01 12:00Z');
select tests.member(a) from unnest(tests.aliases(0, 5)) a;
select tests.operator('olga'), tests.item('disc');
create temporary table seen (at timestamptz, line text);
create function pg_temp.look() returns void language sql as $$
  insert into seen select apartado.clock(), coalesce((select string_agg(concat_ws(' ', location, position, queue_entry_id, alias, quantity, status, priority), ', ' order by n)
    from apartado.list_queue(null, apartado.item_id('disc')) with ordinality l (location, position, queue_entry_id, alias, quantity, status, priority, joined_at, needed_until, offered_until, passed, reason, n)), '');
  select tests.advance('1 minute') $$;
create function pg_temp.entry(p_alias text) returns bigint language sql as $$ select max(q.queue_entry_id) from apartado.queue_entries q join apartado.members m using (member_id) where m.alias = p_alias $$;
select tests.held('disc', 'm00'), pg_temp.look();
select tests.waiting('disc', 'm01', 'm02', 'm03'), pg_temp.look();
select (apartado.move_entry('olga', pg_temp.entry('m03'), 1, 'why')).status, pg_temp.look();
select (apartado.suspend_entry('m01', apartado.item_id('disc'))).status, pg_temp.look();
select (apartado.join_queue('m04', apartado.item_id('disc'), 2)).position, pg_temp.look();
-- two neighbours change places until ranks are spread anew
select (apartado.move_entry('olga', pg_temp.entry(case n % 2 when 0 then 'm04' else 'm02' end), 3, 'why')).status, pg_temp.look() from generate_series(1, 60) n;
select (apartado.cancel_reservation('m00', tests.reservation('m00', 'disc'))).promoted, pg_temp.look();
select (apartado.resume_entry('m01', apartado.item_id('disc'))).status, pg_temp.look();
select (apartado.leave_queue('m04', apartado.item_id('disc'))).status, pg_temp.look();
select cmp_ok((select count(*) from apartado.events where kind = 'queue.ordered'), '>', 0::bigint, 'ranks were spread meanwhile');
select is((select string_agg(s.at::text, ', ') from seen s where s.line <> coalesce((
  select string_agg(concat_ws(' ', location, position, queue_entry_id, alias, quantity, status, priority), ', ' order by n)
    from apartado.queue_at('olga', apartado.item_id('disc'), s.at) with ordinality l (location, position, queue_entry_id, alias, quantity, status, priority, joined_at, n)), '')), null, 'at each moment it says what was seen then');
select is((select count(distinct line) from seen) > 6, true, 'which was not always the same');
select is((select count(*) from apartado.queue_at(null, apartado.item_id('disc'), '2030-01-01 11:00Z')), 0::bigint, 'before, nobody waited');
select is((select joined_at from apartado.queue_at(null, apartado.item_id('disc'), apartado.clock()) where alias = 'm02'), '2030-01-01 12:01Z', 'since when');
select tests.refuses($$select * from apartado.queue_at('m01', apartado.item_id('disc'), apartado.clock())$$, 'RS602', 'actor', 'members may not');
select tests.refuses($$select * from apartado.queue_at(null, -1, apartado.clock())$$, 'RS101', 'item', 'unknown');
select tests.refuses($$select * from apartado.queue_at(null, apartado.item_id('disc'), 'infinity')$$, 'RS204', 'at', 'not known');
select tests.refuses($$select * from apartado.queue_at(null, apartado.item_id('disc'), null)$$, 'RS204', 'at', 'no time');
select tests.refuses($$select * from apartado.queue_at(null, apartado.item_id('disc'), apartado.clock(), 'nowhere')$$, 'RS104/unknown', 'location', 'no such place');
select tests.commits();
