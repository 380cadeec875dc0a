-- What one queue may live through: people join, suspend and resume, units come and are given back, and passers-by try
-- their luck. The same number is the same history.

create schema tests;

insert into apartado.policies (name, fit, passed_limit)
values ('strict', 'strict', null), ('fit-1', 'fit', 1), ('fit-2', 'fit', 2), ('fit-3', 'fit', 3);
update apartado.policies set active_limit = 1000 where name = 'default';

create function tests.pick(p_from text[])
  returns text
  language sql
as $$
  select p_from[1 + floor(random() * cardinality(p_from))::integer];
$$;

create function tests.step(p_item_id bigint, p_stock_id bigint, p_members text[], p_chance double precision)
  returns void
  language plpgsql
as $$
declare
  v_some text;
begin
  case
    when p_chance < 0.45 then
      perform apartado.join_queue(tests.pick(p_members[:8]), p_item_id, 1 + floor(random() * 3)::integer);
    when p_chance < 0.65 then
      perform apartado.adjust_stock(null, p_item_id, 1 + floor(random() * 2)::integer, 'because');
    when p_chance < 0.75 then
      v_some := tests.pick(array(select r.reservation_id::text from apartado.reservations r
                                  where r.stock_id = p_stock_id and r.status = 'active' order by r.reservation_id));
      perform apartado.revoke_reservation(null, v_some::bigint, 'because');
    when p_chance < 0.85 then
      perform apartado.suspend_entry(tests.pick(p_members[:8]), p_item_id);
    when p_chance < 0.95 then
      perform apartado.resume_entry(tests.pick(p_members[:8]), p_item_id);
    else
      perform apartado.reserve(p_members[9], p_item_id);
  end case;
exception
  when others then
    if sqlstate !~ '^RS' then
      raise;
    end if;
end;
$$;

create function tests.live_through(p_number integer)
  returns bigint
  language plpgsql
as $$
declare
  v_policy   text;
  v_item_id  bigint;
  v_stock_id bigint;
  v_members  text[];
begin
  perform setseed(p_number / 1000003.0);
  v_policy := tests.pick('{strict,fit-1,fit-2,fit-3}');
  v_members := array(select format('h%s-%s', p_number, n) from generate_series(1, 9) n);
  insert into apartado.members (alias, secret_hash, created_at)
  select m.alias, sha256(''), apartado.clock() from unnest(v_members) m (alias);

  insert into apartado.items (sku, title, policy_id, created_at, changed_at)
  select 'history-' || p_number, 'History', p.policy_id, apartado.clock(), apartado.clock()
    from apartado.policies p
   where p.name = v_policy
  returning item_id into v_item_id;
  insert into apartado.stock (item_id, location_id, total, available)
  select v_item_id, l.location_id, 0, 0 from apartado.locations l where l.code = 'main'
  returning stock_id into v_stock_id;

  for n in 1 .. 30 loop
    perform set_config('tests.now', (apartado.clock() + interval '1 second')::text, false);
    perform tests.step(v_item_id, v_stock_id, v_members, random());
  end loop;
  return v_stock_id;
end;
$$;
