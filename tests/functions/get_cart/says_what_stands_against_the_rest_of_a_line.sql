select plan(6);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai', 'dan'), tests.item('short', 2), tests.item('offer', 2), tests.item('enough', 2), tests.item('due', 2);
select from apartado.set_policy(null, 'offers', '{"promotion": "offer", "fit": "partial"}', apartado.item_id('offer'));
select from apartado.reserve('ben', apartado.item_id('due'), p_ttl => '60 s'); select from apartado.reserve('ana', apartado.item_id('due'));
select tests.held('short', 'ana', 'ben'), tests.held('offer', 'ben', 'cai'), tests.held('enough', 'ana');
select from apartado.join_queue('ana', apartado.item_id('offer'), 2);
select from apartado.cancel_reservation('ben', tests.reservation('ben', 'offer'));
select apartado.add_to_cart('ana', apartado.item_id(s), 2) from unnest('{short,offer,enough,due}'::text[]) s;
create function pg_temp.said() returns text language sql as $$
  select string_agg(concat_ws(' ', l.sku, l.code, case when l.reservation_id is not null then 'held' end), ', ' order by l.line)
    from apartado.get_cart('ana') c, jsonb_to_recordset(c.lines) as l (line integer, sku text, code text, reservation_id bigint)
$$;
select is(pg_temp.said(), 'short RS301 held, offer RS301, enough held, due RS301 held', 'fewer are held or offered than the line wants, and there are no more');
select tests.advance('2 minutes');
select is(pg_temp.said(), 'short RS301 held, offer RS301, enough held, due held', 'what is over is free, whether or not it was closed');
select from apartado.join_queue('dan', apartado.item_id('short'), 1);
select is(pg_temp.said(), 'short RS301 held, offer RS301, enough held, due held', 'and who waits comes first');
select from apartado.validate_cart('ana'); select from apartado._number_events(1000); select from apartado.validate_carts();
select is_empty($$select from apartado.events e cross join jsonb_array_elements(e.data -> 'lines') l where e.kind = 'cart.changed' and l ->> 'change' = 'news'$$, 'it was shown, and is no news');
select is((select string_agg(l.quantity || coalesce(' ' || l.told_state, ''), ', ' order by l.stock_id) from apartado.cart_lines l), '2 available, 2 unavailable, 2 available, 2 available', 'noted as it was shown');
select tests.commits();
