select plan(8);
select tests.freeze('2030-01-01 12:00Z');
select tests.member('ana'), tests.member('ben'), tests.operator('olga');
select * from apartado.put_items(null, '[{"sku": "a", "title": "Blue Train", "price": "25", "quantity": 3, "artists": ["John Coltrane"], "labels": [{"name": "Blue Note", "catno": "BLP 1577"}]}, {"sku": "b", "title": "Ñandú & Cía?"}]');
select from apartado.set_location(null, 'main', 'La tienda', '+34 600 123 456');
create temporary table placed as select order_id from apartado.place_order('ana', p_lines => jsonb_build_array(
  jsonb_build_object('item', apartado.item_id('a'), 'quantity', 2), jsonb_build_object('item', apartado.item_id('b'))));
update apartado.items set price = 99, title = 'Other';
create function pg_temp.said(p_member text, p_language text) returns text language sql as $$
  select replace(s.text, ' ' || s.order_id || ' ', ' n ') from apartado.order_summary(p_member, (select order_id from placed), p_language => p_language) s
$$;
select is(pg_temp.said('ana', 'en'), E'Order n · La tienda\n2 × John Coltrane – Blue Train (BLP 1577) · 50.00 EUR (2 × 25.00 EUR)\n1 × Ñandú & Cía? · price to be told\nTotal: 50.00 EUR\nFrom: ana', 'as it was sold');
select is(pg_temp.said('olga', 'es'), E'Pedido n · La tienda\n2 × John Coltrane – Blue Train (BLP 1577) · 50,00 EUR (2 × 25,00 EUR)\n1 × Ñandú & Cía? · precio por decir\nTotal: 50,00 EUR\nDe: ana', 'to operators, too, and in Spanish');
select matches((select s.link from placed p, apartado.order_summary('ana', p.order_id) s),
               '^https://wa\.me/34600123456\?text=Order%20\d+%20%C2%B7%20La%20tienda%0A2%20%C3%97%20John%20Coltrane%20%E2%80%93%20Blue%20Train%20%28BLP%201577%29.*%0A1%20%C3%97%20%C3%91and%C3%BA%20%26%20C%C3%ADa%3F.*From%3A%20ana$', 'the same as a link');
select tests.refuses(format($$select * from apartado.order_summary('ben', %s)$$, o), 'RS108', 'order') from (select order_id from placed union select 0) x (o);
select tests.refuses($$select * from apartado.order_summary('ana', 1, p_language => 'fr')$$, 'RS205', 'language');
select set_config('apartado.actor', 'anonymous', true);
select tests.refuses($$select * from apartado.order_summary(null, 1)$$, 'RS601/device', 'member');
select set_config('apartado.actor', '', true);
select tests.commits();
