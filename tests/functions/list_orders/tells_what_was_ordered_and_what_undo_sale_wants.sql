select plan(13);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.operator('olga'), tests.item('disc', 5), tests.item('lp', 9);
create function pg_temp.buy(p_member text, p_reference text default null) returns bigint language sql as $$
  select o.order_id from apartado.place_order(p_member, p_reference => p_reference, p_lines => jsonb_build_array(
    jsonb_build_object('item', apartado.item_id('lp'), 'quantity', 2), jsonb_build_object('item', apartado.item_id('disc')))) o
$$;
create temporary table placed as select 1 as number, pg_temp.buy('ana', 'A-17') as order_id;
insert into placed values (2, pg_temp.buy('ben'));
select tests.advance('1 hour');
insert into placed values (3, pg_temp.buy('ana'));
create function pg_temp.listed(variadic p_arguments text[]) returns text language plpgsql as $$
declare
  v_said text;
begin
  execute format('select string_agg(n.number::text, '' '' order by l.ordinality) from apartado.list_orders(%s) with ordinality l join placed n using (order_id)', array_to_string(array_prepend('''olga''', p_arguments), ', ')) into v_said;
  return v_said;
end;
$$;
select is(pg_temp.listed(variadic '{}'), '3 2 1', 'the newest first');
select is(pg_temp.listed('p_member => ''ana'''), '3 1', 'of one person');
select is(pg_temp.listed('p_order => ' || order_id), '2', 'one of them') from placed where number = 2;
select is(pg_temp.listed('p_member => ''ana''', 'p_order => ' || order_id), '1', 'one of one person, and none that came after it') from placed where number = 1;
select is(pg_temp.listed('p_limit => 1', 'p_after => ' || order_id), '2', 'a page') from placed where number = 3;
select is(pg_temp.listed('p_member => ''ana''', 'p_after => ' || order_id), '1', 'a page of one person') from placed where number = 3;
select is((select concat_ws(' ', o.buyer, o.location, o.reference, o.placed_at at time zone 'UTC', o.totals #>> '{0,total}') from placed p, apartado.list_orders('olga', p.order_id) o where p.number = 1),
          'ana main A-17 2030-01-01 12:00:00 37.50', 'whose, where, when and for how much');
select from placed p cross join lateral apartado.list_orders('olga', p.order_id) o
  cross join lateral apartado.undo_sale('olga', (o.lines #>> '{0,purchase_id}')::bigint, 'scratched', 1) where p.number = 1;
select is((select string_agg(concat_ws(' ', i.sku, l ->> 'quantity', l ->> 'undone'), ', ' order by (l ->> 'line')::integer) || ': ' || (o.totals #>> '{0,total}')
             from placed p, apartado.list_orders('olga', p.order_id) o, jsonb_array_elements(o.lines) l, apartado.items i
            where p.number = 1 and i.item_id = (l ->> 'item_id')::bigint group by o.totals), 'lp 2 1, disc 1 0: 25.00', 'the purchase of each line is the one that is taken back');
select is((select m.purchases #>> '{0,order_id}' from apartado.get_member('olga', 'ana') m), (select order_id::text from placed where number = 3), 'a person''s purchases name their order');
select is((select m.purchases #>> '{2,reference}' from apartado.get_member('olga', 'ana') m), 'A-17', 'and the shop''s own reference');
select is((select count(*) from apartado.events e, placed p where e.kind = 'order.placed' and (e.data ->> 'order_id')::bigint = p.order_id
             and e.data -> 'purchases' = (select jsonb_agg(l.purchase_id order by l.line) from apartado.order_lines l where l.order_id = p.order_id)), 3::bigint, 'the event names them, too');
select is((select count(*) from apartado.list_orders('olga', p_member => 'olga')), 0::bigint, 'who ordered nothing has none');
select tests.commits();
