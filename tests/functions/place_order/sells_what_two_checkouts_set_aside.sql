select plan(6);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana'), tests.item('disc'), tests.item('tape'), tests.item('zine', 2), tests.item('gone');
create function pg_temp.skus() returns text language sql as $$
  select string_agg(l ->> 'sku' || ' ' || (l ->> 'quantity'), ', ' order by l -> 'line') from apartado.place_order('ana') o, jsonb_array_elements(o.lines) l
$$;
select apartado.add_to_cart('ana', apartado.item_id(s)) from unnest('{disc,zine}'::text[]) s;
select from apartado.checkout('ana');

-- a line that stayed is refused once more, and one that grew answers with the reservation that is known already
select from apartado.add_to_cart('ana', apartado.item_id('gone'));
select apartado.mark_sold(null, apartado.item_id('gone'));
select is((select outcome from apartado.checkout('ana', p_mode => 'best_effort')), 'refused', 'a checkout sets nothing aside');
select from apartado.remove_from_cart('ana', apartado.item_id('gone'));
select is((select regexp_count(o.text, '(disc|zine)') from apartado.order_summary('ana') o), 2, 'and takes nothing from the one before');
select from apartado.add_to_cart('ana', apartado.item_id('tape'));
select is((select outcome from apartado.checkout('ana')), 'reserved', 'another one sets more aside');
select is(pg_temp.skus(), 'disc 1, zine 1, tape 1', 'the order is of both, once each, in their order');

-- what was over when the next one came is no more asked for
select from apartado.adjust_stock(null, apartado.item_id('disc'), 1, 'more');
select from apartado.add_to_cart('ana', apartado.item_id('disc'));
select from apartado.checkout('ana');
select tests.freeze('2030-01-09 12:00Z');
select from apartado.add_to_cart('ana', apartado.item_id('zine'));
select from apartado.checkout('ana');
select is(pg_temp.skus(), 'zine 1', 'what expired before is not in the way');
select tests.commits();
