select plan(6);
-- 400 people in three classes; some suspend, leave, are moved, removed, served; some lapse; after each, every position is
-- counted by hand
select tests.freeze('2030-01-01 12:00Z');
select setseed(0.5772);
select tests.member('x' || n) from generate_series(0, 400) n;
insert into apartado.policies (name, priority) values ('vip', 10), ('late', -10);
insert into apartado.member_classes (code, policy_id) select name, policy_id from apartado.policies where name <> 'default';
update apartado.members set class_id = (select class_id from apartado.member_classes where code = case right(alias, 1) when '0' then 'vip' else 'late' end) where right(alias, 1) in ('0', '9');
select tests.item('disc');
select tests.held('disc', 'x0');
create temporary table wrong (what text, alias text, told bigint, counted bigint);
create function tests.look(p_what text) returns void language plpgsql as $$
begin
  insert into wrong
  select p_what, c.alias, p."position", c.counted
    from (select m.alias, row_number() over (order by q.priority desc, q.rank) as counted
            from apartado.queue_entries q join apartado.members m using (member_id)
           where q.status in ('waiting', 'suspended') and (q.needed_until is null or q.needed_until > apartado.clock())) c
   cross join lateral apartado.get_queue_position(c.alias, apartado.item_id('disc')) p
   where p."position" is distinct from c.counted
      or p.queue_length <> (select count(*) from apartado.queue_entries q where q.status in ('waiting', 'suspended') and (q.needed_until is null or q.needed_until > apartado.clock()));
end;
$$;
select from generate_series(1, 400) n, apartado.join_queue('x' || n, apartado.item_id('disc'), p_needed_until => case when n % 17 = 0 then '2030-01-01 13:00Z'::timestamptz end);
select tests.look('joined');
create function tests.someone() returns text language sql volatile as $$ select m.alias from apartado.queue_entries q join apartado.members m using (member_id) where q.status in ('waiting', 'suspended') and q.needed_until is null order by random() limit 1 $$;
create function tests.entry(p_alias text) returns bigint language sql as $$ select queue_entry_id from apartado.queue_entries q join apartado.members m using (member_id) where m.alias = p_alias and closed_at is null $$;
create function tests.act() returns void language plpgsql as $$
declare
  v_alias text := tests.someone();
begin
  case floor(random() * 6)
    when 0 then perform from apartado.suspend_entry(v_alias, apartado.item_id('disc'));
    when 1 then perform from apartado.resume_entry(v_alias, apartado.item_id('disc'));
    when 2 then perform from apartado.leave_queue(v_alias, apartado.item_id('disc'));
    when 3 then perform from apartado.remove_entry(null, tests.entry(v_alias), 'why');
    when 4 then perform from apartado.adjust_stock(null, apartado.item_id('disc'), 1, 'one more');
    else perform from apartado.move_entry(null, tests.entry(v_alias), 1 + floor(random() * 200)::integer, 'why');
  end case;
end;
$$;
select tests.act() from generate_series(1, 60);
select tests.look('sixty changes');
select tests.advance('1 hour');
select tests.look('some lapsed, and nobody has written that');
select from apartado.expire_and_promote();
select tests.look('it was written');
select is(string_agg(distinct what, ', '), null, 'every position is right: ' || coalesce(min(concat_ws(' ', what, alias, told, counted)), 'none was wrong')) from wrong;
select cmp_ok((select count(distinct (priority, block)) from apartado.queue_blocks where entries > 0), '>=', 6::bigint, 'over several blocks of each class');
select is((select array_agg("position" order by "position") from apartado.list_queue(null, apartado.item_id('disc')) where status <> 'offered'), (select array_agg(n::bigint) from generate_series(1, (select queue_length from apartado.stock)) n), '1..n without a gap');
select is((select count(*) from apartado.queue_entries where reason = 'not_needed'), 23::bigint, 'as many lapsed as were to');
select cmp_ok((select queue_length from apartado.stock), '>', 250, 'most still wait');
select tests.commits();
