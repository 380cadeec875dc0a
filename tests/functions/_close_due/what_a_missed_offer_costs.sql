select plan(10);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai');
select tests.item(s) from unnest('{drop,back,keep}'::text[]) s;
insert into apartado.policies (name, promotion, offer_window, missed) select s, 'offer', '2 hours', s from unnest('{drop,back,keep}'::text[]) s;
update apartado.items i set policy_id = p.policy_id from apartado.policies p where p.name = i.sku;
select tests.held(s, 'ana'), tests.waiting(s, 'ben', 'cai') from unnest('{drop,back,keep}'::text[]) s;
select from unnest('{drop,back,keep}'::text[]) s, apartado.cancel_reservation('ana', tests.reservation('ana', s));
select tests.advance('2 hours');
select from apartado.expire_and_promote();
create function tests.is_now(p_sku text) returns text language sql as $$
  select string_agg(concat_ws(' ', m.alias, q.status, p."position"), ', ' order by q.ticket)
    from apartado.queue_entries q join apartado.members m using (member_id) join apartado.stock s using (stock_id) join apartado.items i using (item_id)
   cross join lateral apartado.get_queue_position(m.alias, i.item_id) p
   where i.sku = p_sku;
$$;
select is(tests.is_now('drop'), 'ben missed, cai offered', 'drop: the place is lost');
select is(tests.is_now('back'), 'ben waiting 1, cai offered', 'back: behind everybody who waits');
select is(tests.is_now('keep'), 'ben suspended 1, cai offered', 'keep: at the same place, passed over until ben goes on');
select is((select string_agg(concat(i.sku, ' ', e.kind), ', ' order by e.event_id) from apartado.events e join apartado.stock using (stock_id) join apartado.items i using (item_id) where e.kind = 'queue.missed'), 'drop queue.missed, back queue.missed, keep queue.missed', 'each is told as missed');
select is((select distinct reason from apartado.queue_entries where status in ('missed', 'waiting', 'suspended')), 'missed', 'and the entry says so');
select tests.advance('2 hours');
select from apartado.expire_and_promote();
select is(tests.is_now('drop'), 'ben missed, cai missed', 'drop: until nobody is left');
select is(tests.is_now('back'), 'ben offered, cai waiting 1', 'back: they take turns');
select is(tests.is_now('keep'), 'ben suspended 1, cai suspended 2', 'keep: until somebody goes on');
select is(tests.stock('drop') || ' / ' || tests.stock('back') || ' / ' || tests.stock('keep'), '1 free, 0 held, 0 sold, 0 waiting / 0 free, 1 held, 0 sold, 1 waiting / 1 free, 0 held, 0 sold, 2 waiting', 'counted');
select tests.commits();
