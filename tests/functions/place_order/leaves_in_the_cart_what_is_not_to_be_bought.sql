select plan(18);
select tests.members('ana', 'ben'), tests.operator('olga'), tests.item('disc', 1), tests.item('lp', 3), tests.item('ep', 3);
select from apartado.add_to_cart('ana', apartado.item_id('disc'));
select from apartado.add_to_cart('ana', apartado.item_id('lp'));
select from apartado.reserve('ben', apartado.item_id('disc'));
create temporary table own as select cart_id from apartado.carts;
create function pg_temp.sell(p_without text, p_lines text default null) returns text language sql as
$$ select format('select * from apartado.place_order(%L, p_cart => %s, p_lines => %L, p_without => %s)', 'olga', cart_id, p_lines, p_without) from own $$;
create function pg_temp.list(variadic p_skus text[]) returns text language sql as
$$ select format('%L::bigint[]', array(select apartado.item_id(s) from unnest(p_skus) s)) $$;
create temporary table sold (buyer text, skus text);
create function pg_temp.note(p_sql text) returns void language plpgsql as $$
declare
  v_order record;
begin
  execute p_sql into v_order;
  insert into sold values (v_order.buyer, (select string_agg(l ->> 'sku', ' ' order by l ->> 'line') from jsonb_array_elements(v_order.lines) l));
end;
$$;
select tests.refuses(pg_temp.sell('null'), 'RS301/till', 'lines', 'one of them cannot be had');
select tests.refuses(pg_temp.sell(pg_temp.list('ep')), 'RS105', 'without', 'what is not in the cart');
select tests.refuses(pg_temp.sell('array[null]::bigint[]'), 'RS205', 'without', 'null');
select tests.refuses(pg_temp.sell('array[array[1, null], array[3, 4]]::bigint[]'), 'RS205', 'without', 'null in a list of lists');
select tests.refuses(pg_temp.sell('array[array[-1, -2], array[-3, -4]]::bigint[]'), 'RS105', 'without', 'a list of lists is a list');
select tests.refuses(pg_temp.sell(pg_temp.list('disc', 'lp')), 'RS105/till', 'cart', 'nothing is left');
select pg_temp.note(pg_temp.sell(pg_temp.list('disc')));
select is((select concat_ws(': ', s.buyer, s.skus) from sold s), 'ana: lp', 'without it the rest is sold');
select is((select string_agg(l ->> 'sku', ' ') from apartado.get_cart('ana') c, jsonb_array_elements(c.lines) l), 'disc', 'and it stays in the cart');
select pg_temp.note(pg_temp.sell(pg_temp.list('disc'), jsonb_build_array(jsonb_build_object('item', apartado.item_id('ep')))::text));
select is((select string_agg(concat_ws(': ', s.buyer, s.skus), ', ') from sold s), 'ana: lp, ana: ep', 'beside what they brought, too');
select from apartado.add_to_cart('ana', apartado.item_id('lp'));
select is((select o.lines #>> '{0,sku}' from apartado.place_order('ana', p_without => array[apartado.item_id('disc')]) o), 'lp', 'in one''s own order, too');
select is((select o.lines #>> '{0,sku}' from apartado.place_order('ana', p_lines => jsonb_build_array(jsonb_build_object('item', apartado.item_id('ep'))), p_without => '{}') o), 'ep', 'nothing is left out');
select from apartado.add_to_cart('ana', apartado.item_id('lp'));
create temporary table once as select o.order_id from apartado.place_order('ana', p_without => array[apartado.item_id('disc')], p_idempotency_key => 'k') o;
select is((select o.order_id from apartado.place_order('ana', p_without => array[apartado.item_id('disc')], p_idempotency_key => 'k') o), (select order_id from once), 'the same key is the same order');
select tests.refuses($$select * from apartado.place_order('ana', p_idempotency_key => 'k')$$, 'RS310', 'idempotency_key', 'another request');
select tests.refuses($$select * from apartado.place_order('ana')$$, 'RS301', 'lines', 'of one''s own cart it is told as before');
select from apartado.clear_cart('ana');
select tests.refuses(pg_temp.sell('null'), 'RS105/till', 'cart', 'an empty cart: name what they brought');
select tests.refuses($$select * from apartado.place_order('ana')$$, 'RS105', 'location', 'of one''s own it is told as before');
select is((select count(*) from apartado.check_consistency()), 0::bigint, 'and all is in order');
select tests.commits();
