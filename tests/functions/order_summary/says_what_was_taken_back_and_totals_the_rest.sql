select plan(6);
select tests.member('ana'), tests.operator('olga');
select * from apartado.put_items(null, '[{"sku": "a", "title": "Blue Train", "price": "25", "quantity": 3}, {"sku": "b", "title": "Lush Life", "price": "10"}]');
create temporary table placed as select order_id, lines from apartado.place_order('ana', p_lines => jsonb_build_array(
  jsonb_build_object('item', apartado.item_id('a'), 'quantity', 3), jsonb_build_object('item', apartado.item_id('b'))));
create function pg_temp.told(p_language text) returns text language sql as $$
  select regexp_replace(s.text, '^[^\n]*\n|\n[^\n]*$', '', 'g') || ' ' || (s.totals #>> '{0,total}') || ' for ' || (s.totals #>> '{0,units}')
    from placed p, apartado.order_summary('ana', p.order_id, p_language => p_language) s
$$;
create function pg_temp.take_back(p_line integer, p_quantity integer) returns void language sql as $$
  select from placed p, apartado.undo_sale('olga', (p.lines -> p_line ->> 'purchase_id')::bigint, 'scratched', p_quantity)
$$;
select pg_temp.take_back(0, 1);
select is(pg_temp.told('en'), E'3 × Blue Train · 75.00 EUR (3 × 25.00 EUR) · taken back: 1\n1 × Lush Life · 10.00 EUR\nTotal: 60.00 EUR 60.00 for 3', 'part of a line');
select pg_temp.take_back(1, null);
select is(pg_temp.told('es'), E'3 × Blue Train · 75,00 EUR (3 × 25,00 EUR) · devueltos: 1\n1 × Lush Life · 10,00 EUR · devueltos: 1\nTotal: 50,00 EUR 50.00 for 2', 'a whole line, in Spanish');
select pg_temp.take_back(0, 2);
select is(pg_temp.told('en'), E'3 × Blue Train · 75.00 EUR (3 × 25.00 EUR) · taken back: 3\n1 × Lush Life · 10.00 EUR · taken back: 1\nTotal: 0.00 EUR 0.00 for 0', 'all of it');
select is((select string_agg(l.total::text, ' ' order by l.item_id) from apartado.list_purchases('ana') l), '0.00 0.00', 'as the purchases say');
select is((select count(*) from placed p, jsonb_array_elements(p.lines) l where l ? 'undone'), 0::bigint, 'what was answered when it was placed has no such field');
select tests.commits();
