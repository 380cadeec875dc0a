select plan(6);
-- random situations: every policy of the queue, offers, suspension, drops, limits, deadlines that passed, wishes that yield;
-- in each, what explain_reserve says is held against what reserve does
select tests.freeze('2030-01-01 12:00Z');
select setseed(0.271828);
select tests.member(a) from unnest(tests.aliases(1, 8)) a;
create temporary table found (n integer, alias text, sku text, quantity integer, explained text[], did text);
create function tests.one_of(variadic p_values text[]) returns text language sql volatile as $$ select p_values[1 + floor(random() * cardinality(p_values))::integer] $$;
create function tests.try(p_sql text) returns text language plpgsql as $$
begin
  execute p_sql;
  return 'done';
exception
  when others then
    if sqlstate !~ '^RS' then
      raise;
    end if;
    return sqlstate;
end;
$$;
create function tests.act(p_sku text) returns text language plpgsql as $$
declare
  v_item  bigint := apartado.item_id(p_sku);
  v_alias text := tests.one_of(variadic tests.aliases(1, 8));
  v_entry bigint := (select q.queue_entry_id from apartado.queue_entries q join apartado.members m using (member_id) join apartado.stock s using (stock_id) where m.alias = v_alias and s.item_id = v_item order by q.ticket desc limit 1);
begin
  return tests.try(case tests.one_of('reserve', 'reserve', 'join', 'join', 'join', 'cancel', 'cancel', 'confirm', 'suspend', 'suspend', 'resume', 'accept', 'decline', 'leave', 'pause', 'adjust', 'time', 'time', 'policy', 'bar', 'yield')
    when 'reserve' then format('select * from apartado.reserve(%L, %s, %s, p_ttl => %L)', v_alias, v_item, tests.one_of('1', '1', '2', '3'), tests.one_of('1 hour', '3 hours', '168 hours'))
    when 'join' then format('select * from apartado.join_queue(%L, %s, %s, p_needed_until => %L)', v_alias, v_item, tests.one_of('1', '1', '2', '3'), case when random() < 0.3 then apartado.clock() + interval '2 hours' end)
    when 'cancel' then format('select * from apartado.cancel_reservation(%L, %L)', v_alias, tests.reservation(v_alias, p_sku))
    when 'confirm' then format('select * from apartado.confirm_reservation(%L, %L)', v_alias, tests.reservation(v_alias, p_sku))
    when 'suspend' then format('select * from apartado.suspend_entry(%L, %s)', v_alias, v_item)
    when 'resume' then format('select * from apartado.resume_entry(%L, %s)', v_alias, v_item)
    when 'accept' then format('select * from apartado.accept_offer(%L, %L)', v_alias, v_entry)
    when 'decline' then format('select * from apartado.decline_offer(%L, %L)', v_alias, v_entry)
    when 'leave' then format('select * from apartado.leave_queue(%L, %s)', v_alias, v_item)
    when 'pause' then format('select * from apartado.pause_queue(null, %s, %L, %L)', v_item, random() < 0.3, 'why')
    when 'adjust' then format('select * from apartado.adjust_stock(null, %s, %s, %L)', v_item, tests.one_of('1', '2', '-1'), 'why')
    when 'time' then format('select tests.advance(%L)', tests.one_of('30 minutes', '1 hour', '2 hours'))
    when 'policy' then format('update apartado.policies set promotion = %L, offer_window = %L, missed = %L, fit = %L, passed_limit = %s, active_limit = %s, item_limit = %s, queue_limit = 5',
      tests.one_of('direct', 'offer'), '1 hour', tests.one_of('drop', 'back', 'keep'), tests.one_of('strict', 'fit', 'partial'), tests.one_of('1', '2'), tests.one_of('1', '3', '9'), tests.one_of('null', '3'))
    when 'bar' then format('update apartado.members set barred_at = case when random() < 0.5 then apartado.clock() end where alias = %L', v_alias)
    when 'yield' then format('update apartado.reservations set yields = true where reservation_id = %L and status = %L', tests.reservation(v_alias, p_sku), 'active')
  end);
end;
$$;
create function tests.look(p_n integer, p_sku text) returns void language plpgsql as $$
declare
  v_alias     text := tests.one_of(variadic tests.aliases(1, 8));
  v_quantity  integer := tests.one_of('1', '1', '1', '2', '3', '0');
  v_explained text[];
  v_did       text;
begin
  v_explained := array(select code from apartado.explain_reserve(v_alias, apartado.item_id(p_sku), v_quantity));
  begin
    v_did := tests.try(format('select * from apartado.reserve(%L, %s, %s)', v_alias, apartado.item_id(p_sku), v_quantity));
    raise sqlstate 'ZZ000';
  exception
    when sqlstate 'ZZ000' then
      insert into found values (p_n, v_alias, p_sku, v_quantity, v_explained, v_did);
  end;
end;
$$;
create function tests.history(p_n integer) returns void language plpgsql as $$
declare
  v_sku text := 'disc' || p_n;
begin
  perform tests.item(v_sku, tests.one_of('1', '2', '3')::integer, p_restock => random() < 0.7);
  if random() < 0.3 then
    insert into apartado.drops (title, opens_at, closes_at, created_at)
    select 'drop', apartado.clock() + tests.one_of('-1 hour', '1 hour')::interval, apartado.clock() + tests.one_of('3 hours', '20 hours')::interval, apartado.clock();
    update apartado.items set drop_id = (select max(drop_id) from apartado.drops) where sku = v_sku;
  end if;
  for v_step in 1 .. 30 loop
    perform tests.act(v_sku);
    -- a promotion of this very moment would count as this reserve's own
    perform tests.advance('1 millisecond');
    perform tests.look(p_n, v_sku);
  end loop;
end;
$$;
select tests.history(n) from generate_series(1, 25) n;
select is(count(*), 750::bigint, '750 situations') from found;
select is(string_agg(concat_ws(' ', n, alias, quantity, explained::text, did), '; ') filter (where (explained = '{}') <> (did = 'done')), null, 'no reason is given exactly where reserve does it') from found;
select is(string_agg(concat_ws(' ', n, alias, quantity, explained::text, did), '; ') filter (where did <> 'done' and did <> all (explained)), null, 'what reserve says is among the reasons') from found;
select cmp_ok(count(*) filter (where did = 'done'), '>', 40::bigint, 'it was done often enough') from found;
select cmp_ok(count(distinct did), '>=', 9::bigint, 'and refused for many reasons: ' || string_agg(distinct did, ' ')) from found;
select tests.commits();
