select plan(3);
select tests.members('ana'), tests.item('disc', 3);
create function pg_temp.lines() returns jsonb language sql as $$
  select jsonb_agg(jsonb_build_object('item', apartado.item_id('disc'), 'quantity', 2)) from generate_series(1, 2)
$$;
select tests.refuses($$select * from apartado.place_order('ana', p_lines => pg_temp.lines())$$, 'RS301', 'lines', 'each alone is there, both are not');
select from apartado.adjust_stock(null, apartado.item_id('disc'), 1, 'found');
select is((select o.lines #>> '{0,quantity}' from apartado.place_order('ana', p_lines => pg_temp.lines()) o), '4', 'one line');
select tests.commits();
