select plan(13);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'bea', 'cai'), tests.operator('olga');
select tests.item(m, 1) from unnest('{back,keep}'::text[]) m;
select p.policy from unnest('{back,keep}'::text[]) m cross join lateral apartado.set_policy('olga', m, jsonb_build_object('promotion', 'offer', 'offer_window', 60, 'missed', m), p_item => apartado.item_id(m)) p;
select tests.held(m, 'ana'), tests.waiting(m, 'bea', 'cai') from unnest('{back,keep}'::text[]) m;
select c.cart_id from unnest('{back,keep}'::text[]) m cross join lateral apartado.add_to_cart('bea', apartado.item_id(m)) c;
select c.status from unnest('{back,keep}'::text[]) m cross join lateral apartado.cancel_reservation('ana', tests.reservation('ana', m)) c;
select tests.advance('61 seconds');
create function pg_temp.said(p_sku text) returns text language sql as $$
  select string_agg(e.code || coalesce(' ' || (e.fact ->> 'position'), ''), ', ') from apartado.explain_reserve('bea', apartado.item_id(p_sku)) e
$$;
create function pg_temp.refused(p_sku text) returns text language plpgsql as $$
begin
  perform apartado.reserve('bea', apartado.item_id(p_sku));
  return 'nothing';
exception when others then
  return sqlstate;
end;
$$;
create function pg_temp.in_cart() returns text language sql as $$
  select string_agg(l ->> 'code', ' ' order by l ->> 'line') from apartado.get_cart('bea') c, jsonb_array_elements(c.lines) l
$$;
select is(pg_temp.said('back'), 'RS303 2, RS301', 'missed, not swept yet, and back in line behind who is to be asked');
select is(pg_temp.said('keep'), 'RS303 1, RS301', 'or suspended');
select is(pg_temp.in_cart(), 'RS303 RS303', 'in the cart, too');
select is(pg_temp.refused(m), 'RS303', m) from unnest('{back,keep}'::text[]) m;
select from apartado.expire_and_promote();
select is(pg_temp.said('back'), 'RS303 1, RS301', 'the same when it was swept');
select is(pg_temp.said('keep'), 'RS303 1, RS301', 'of who is suspended, too');
select is(pg_temp.in_cart(), 'RS303 RS303', 'and in the cart');
select is(pg_temp.refused(m), 'RS303', m) from unnest('{back,keep}'::text[]) m;
select tests.advance('8 days');
select from apartado.expire_and_promote();
select is((select count(*) from apartado.check_consistency()), 0::bigint, 'and all is in order');
select is((select e.code from apartado.explain_reserve(null, apartado.item_id('back'), 0) e limit 1), 'RS601', 'who is nobody is told that first');
select tests.commits();
