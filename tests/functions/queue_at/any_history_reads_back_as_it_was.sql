select plan(5);
-- a random history, the same at each run (what is drawn from is sorted first); after each step what the rows say is written down,
-- and at the end every moment is asked for again
select tests.freeze('2030-01-01 12:00Z');
select tests.member(a) from unnest(tests.aliases(1, 12)) a;
select tests.item('d1', 2), tests.item('d2', 3);
insert into apartado.locations (code, name) values ('till', 'The till');
select from apartado.transfer_stock(null, apartado.item_id('d2'), 1, 'main', 'till', 'asked for there');
select from apartado.set_policy(null, 'offering', '{"promotion": "offer", "offer_window": 600, "missed": "back", "hold": 3600}', p_item => apartado.item_id('d2'));
select from apartado.set_policy(null, 'default', '{"active_limit": 100, "hold": 7200}');
create temporary table seen (step integer, at timestamptz, sku text, was text);
create function pg_temp.rows_of(p_sku text) returns text language sql as $$
  select string_agg(concat_ws(' ', l.code, s.total, s.available, s.reserved, s.sold, s.queue_length,
           (select string_agg(concat_ws(':', r.reservation_id, m.alias, r.quantity, apartado._utc(r.expires_at)), ',' order by r.reservation_id)
              from apartado.reservations r join apartado.members m using (member_id) where r.stock_id = s.stock_id and r.status = 'active'),
           (select string_agg(concat_ws(':', q.queue_entry_id, m.alias, q.quantity, q.status, q.priority), ',' order by q.status <> 'offered', q.priority desc, q.rank)
              from apartado.queue_entries q join apartado.members m using (member_id) where q.stock_id = s.stock_id and q.status in ('waiting', 'suspended', 'offered'))), '; ' order by l.code)
    from apartado.stock s join apartado.items i using (item_id) join apartado.locations l using (location_id)
   where i.sku = p_sku $$;
create function pg_temp.told_of(p_sku text, p_at timestamptz) returns text language sql as $$
  select string_agg(concat_ws(' ', a.location, a.total, a.available, a.reserved, a.sold, a.queue_length,
           (select string_agg(concat_ws(':', h ->> 'reservation_id', h ->> 'alias', h ->> 'quantity', h ->> 'expires_at'), ',' order by n)
              from jsonb_array_elements(a.holders) with ordinality x (h, n)),
           (select string_agg(concat_ws(':', w.queue_entry_id, w.alias, w.quantity, w.status, w.priority), ',' order by w.n)
              from apartado.queue_at(null, apartado.item_id(p_sku), p_at, a.location) with ordinality w (location, position, queue_entry_id, alias, quantity, status, priority, joined_at, n))), '; ' order by a.location)
    from apartado.item_at(null, apartado.item_id(p_sku), p_at) a $$;
create function pg_temp.step(p_step integer) returns text language plpgsql as $$
declare
  v_who text := format('m%s', to_char(1 + floor(random() * 12), 'FM00'));
  v_sku text := (array['d1', 'd2'])[1 + floor(random() * 2)];
  v_at text := (array['main', 'main', 'till'])[1 + floor(random() * 3)];
  v_item bigint := apartado.item_id(v_sku);
  v_held bigint := (select r.reservation_id from (select x.reservation_id from apartado.reservations x where x.status = 'active' order by 1) r order by random() limit 1);
  v_entry bigint := (select q.queue_entry_id from (select x.queue_entry_id from apartado.queue_entries x where x.status in ('waiting', 'suspended') order by 1) q order by random() limit 1);
  v_offer record;
begin
  select q.queue_entry_id, m.alias into v_offer from (select x.* from apartado.queue_entries x where x.status = 'offered' order by x.queue_entry_id) q join apartado.members m using (member_id) order by random() limit 1;
  case floor(random() * 16)
    when 0, 1 then perform from apartado.reserve(v_who, v_item, 1 + floor(random() * 2)::integer, v_at, p_if_unavailable => 'queue');
    when 2, 3, 4 then perform from apartado.join_queue(v_who, v_item, 1 + floor(random() * 2)::integer, v_at);
    when 5 then perform from apartado.leave_queue(v_who, v_item, v_at);
    when 6 then perform from apartado.suspend_entry(v_who, v_item, v_at);
    when 7 then perform from apartado.resume_entry(v_who, v_item, v_at);
    when 8 then perform from apartado.move_entry(null, v_entry, 1 + floor(random() * 3)::integer, 'why');
    when 9 then perform from apartado.remove_entry(null, v_entry, 'why');
    when 10 then perform from apartado.revoke_reservation(null, v_held, 'why');
    when 11 then perform from apartado.reservations r cross join lateral apartado.confirm_reservation((select alias from apartado.members where member_id = r.member_id), r.reservation_id, 1) where r.reservation_id = v_held;
    when 12 then perform from apartado.adjust_stock(null, v_item, (array[-1, 1, 1])[1 + floor(random() * 3)], 'why', v_at);
    when 13 then perform from apartado.accept_offer(v_offer.alias, v_offer.queue_entry_id);
    when 14 then perform from apartado.undo_sale(null, (select p.purchase_id from (select x.purchase_id from apartado.purchases x order by 1) p order by random() limit 1), 'why', 1);
    else perform tests.advance((array['5 minutes', '11 minutes', '70 minutes']::interval[])[1 + floor(random() * 3)]), apartado.expire_and_promote();
  end case;
  return 'done';
exception
  when sqlstate 'RS000' then return sqlstate;
end $$;
select setseed(0.42);
create temporary table steps (n integer, outcome text);
do $$
declare v_outcome text;
begin
  for n in 1 .. 400 loop
    v_outcome := pg_temp.step(n);
    insert into steps values (n, v_outcome);
    insert into seen select n, apartado.clock(), s, pg_temp.rows_of(s) from unnest('{d1,d2}'::text[]) s;
    perform tests.advance('1 second');
  end loop;
end $$;
select cmp_ok((select count(*) from steps where outcome = 'done'), '>', 200::bigint, 'most steps did something');
select cmp_ok((select count(distinct kind) from apartado.events where kind ~ '^(queue|reservation|purchase)'), '>', 13::bigint, 'of every sort');
select is((select string_agg(format(E'step %s of %s:\n was  %s\n told %s', w.step, w.sku, w.was, w.told), E'\n') from (
  select s.*, pg_temp.told_of(s.sku, s.at) as told from seen s) w where w.was is distinct from w.told), null, 'every moment reads back as it was');
select is((select pg_temp.told_of('d2', s.at) from seen s where s.step = 200 and s.sku = 'd2'), (select pg_temp.told_of('d2', s.at + interval '999999 microseconds') from seen s where s.step = 200 and s.sku = 'd2'), 'until the next one');
select tests.commits();
