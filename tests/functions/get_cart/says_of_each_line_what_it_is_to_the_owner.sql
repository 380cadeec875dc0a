select plan(5);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.item('free', 3), tests.item('taken'), tests.item('mine', 2), tests.item('line'), tests.item('sold', 0, false), tests.item('shown', p_for_sale => false), tests.item('secret'), tests.item('few', 1, p_price => null);
select apartado.add_to_cart('ana', i.item_id, case i.sku when 'few' then 2 else 1 end) from apartado.items i order by i.item_id;
select apartado.add_to_cart(null, i.item_id, p_device => tests.device('phone')) from apartado.items i order by i.item_id;
select tests.held('taken', 'ben'), tests.held('mine', 'ana'), tests.held('line', 'ben'), tests.waiting('line', 'ana');
update apartado.items set visible = false where sku = 'secret';
create function pg_temp.said(p_member text, p_device text) returns text language sql as $$
  select string_agg(concat_ws(' ', coalesce(l.sku, '?'), l.status, l.code, l.price, l."position", case when l.reservation_id is not null then 'held' end), ', ' order by l.line)
    from apartado.get_cart(p_member, p_device) c, jsonb_to_recordset(c.lines) as l (line integer, sku text, status text, code text, price text, "position" integer, reservation_id bigint)
$$;
select is(pg_temp.said('ana', null), 'free in_cart 12.50, taken reserved_by_others RS301 12.50, mine reserved 12.50 held, line in_queue RS303 12.50 1, sold sold RS305 12.50, shown not_for_sale RS309 12.50, ? RS101, few in_cart RS301', 'ana''s');
select is(pg_temp.said(null, tests.device('phone')), 'free available 12.50, taken reserved_by_others RS301 12.50, mine available 12.50, line reserved_by_others RS301 12.50, sold sold RS305 12.50, shown not_for_sale RS309 12.50, ? RS101, few available', 'a device''s');
select is((select c.totals from apartado.get_cart('ana') c), '[{"total": "75.00", "units": 8, "currency": "EUR", "unpriced": 2}]', 'the total of what has a price');
select is((select c.lines -> 2 ->> 'expires_at' from apartado.get_cart('ana') c), '2030-01-08T12:00:00.000000Z', 'and until when it is held');
select tests.commits();
