select plan(8);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana'), tests.item('disc'), tests.item('free', p_price => null);
select apartado.add_to_cart('ana', apartado.item_id(s)) from unnest('{disc,free}'::text[]) s;
create function pg_temp.told(p_notices jsonb) returns text language sql as $$
  select string_agg(concat_ws(' ', i.sku, n ->> 'reason', coalesce(n ->> 'price_before', 'none'), coalesce(n ->> 'price', 'none')), ', ' order by i.sku)
    from jsonb_array_elements(p_notices) n join apartado.items i on i.item_id = (n ->> 'item_id')::bigint
$$;
update apartado.items set visible = false where sku = 'disc';
select is((select c.notices from apartado.get_cart('ana') c), '[]', 'of what is hidden nothing is told');
select is((select jsonb_strip_nulls(c.lines -> 0) - 'item_id' from apartado.get_cart('ana') c), '{"line": 1, "quantity": 1, "code": "RS101", "added_at": "2030-01-01T12:00:00.000000Z"}', 'only that it is in the cart');
select is((select c.notices from apartado.validate_cart('ana') c), '[]', 'and no note is taken of it');
update apartado.items set visible = true, price = 20 where sku = 'disc';
select is((select pg_temp.told(c.notices) from apartado.get_cart('ana') c), 'disc price_changed 12.50 20.00', 'its price is another when it is seen again');
update apartado.items set price = 10 where sku = 'free';
select is((select pg_temp.told(c.notices) from apartado.validate_cart('ana') c), 'disc price_changed 12.50 20.00, free price_changed none 10.00', 'what had no price has one now');
select is((select c.notices from apartado.get_cart('ana') c), '[]', 'and told no more');
update apartado.items set price = null where sku = 'free';
select is((select pg_temp.told(c.notices) from apartado.get_cart('ana') c), 'free price_changed 10.00 none', 'nor has it one any more');
select tests.commits();
