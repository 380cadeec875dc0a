select plan(8);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.operator('olga'), tests.item('disc', 1), tests.item('other', 2);
select from apartado.set_policy('olga', 'default', '{"cart": "hard", "hold": "PT10M"}', p_reason => 'adding sets aside');
select from apartado.add_to_cart('ana', apartado.item_id('disc'));
select from apartado.add_to_cart('ana', apartado.item_id('other'));
select tests.freeze('2030-01-01 12:11Z');
create function pg_temp.sell(p_who text) returns text language sql as
$$ select format('select * from apartado.place_order(%L, p_cart => %s)', p_who, c.cart_id) from apartado.carts c join apartado.members m using (member_id) where m.alias = 'ana' $$;
select tests.refuses(pg_temp.sell('ana'), 'RS401/line', 'lines', 'who was not at the till is told that it is no longer theirs');
select from apartado.reserve('ben', apartado.item_id('disc'));
select tests.refuses(pg_temp.sell('olga'), 'RS301/till', 'lines', 'what another has is not sold');
select is(tests.detail_of(pg_temp.sell('olga')) ~ 'missing: line 1 item \d+ RS301(,|$)', true, 'and it alone is missing');
select from apartado.cancel_reservation('ben', (select r.reservation_id from apartado.list_reservations('ben') r where r.status = 'active'));
create temporary table sold (order_id bigint, buyer text, units bigint);
do $do$
declare
  v_sold record;
begin
  execute pg_temp.sell('olga') into v_sold;
  insert into sold values (v_sold.order_id, v_sold.buyer, (v_sold.totals #>> '{0,units}')::bigint);
end;
$do$;
select is((select concat_ws(' ', s.buyer, s.units) from sold s), 'ana 2', 'what is free is sold');
select is((select string_agg(s.available || ' ' || s.sold, ', ' order by s.stock_id) from apartado.stock s), '0 1, 1 1', 'once');
select is((select count(*) from apartado.cart_lines), 0::bigint, 'nothing stays in the cart');
select is((select count(*) from apartado.check_consistency()), 0::bigint, 'and all is in order');
select tests.commits();
