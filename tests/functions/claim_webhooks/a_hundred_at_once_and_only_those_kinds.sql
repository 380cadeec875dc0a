select plan(8);
select tests.operator('olga'), tests.item('disc');
create temporary table w as select * from apartado.create_webhook('olga', 'https://shop.example/in', '{stock.changed}');
select from apartado.grant_operator('olga', 'olga');
select count(*) from generate_series(1, 119) n cross join lateral apartado.adjust_stock('olga', apartado.item_id('disc'), 1, 'found ' || n);
select apartado._number_events();
create function tests.sent() returns table (message bigint, after bigint, through bigint, events integer, kinds text) language sql as $$
  select c.message, (c.body #>> '{data,after}')::bigint, (c.body #>> '{data,through}')::bigint, jsonb_array_length(c.body #> '{data,events}'),
         (select string_agg(distinct e ->> 'kind', ' ') from jsonb_array_elements(c.body #> '{data,events}') e)
    from apartado.claim_webhooks() c;
$$;
create temporary table ends as
select max(n.pos) filter (where n.number = 100) as first, max(n.pos) as last
  from (select e.pos, row_number() over (order by e.pos) as number from apartado.events e where e.kind = 'stock.changed') n;
select results_eq('select * from tests.sent()', $$select 1::bigint, 0::bigint, first, 100, 'stock.changed' from ends$$, 'the first hundred');
select is((select arrived from w cross join lateral apartado.note_webhook(w.webhook_id, 1, 200)), true, 'they arrive');
select results_eq('select * from tests.sent()', $$select 2::bigint, first, last, 20, 'stock.changed' from ends$$, 'the rest');
select is((select arrived from w cross join lateral apartado.note_webhook(w.webhook_id, 2, 299)), true, 'they arrive');
select from apartado.create_webhook('olga', 'https://other.example', '{stock.low}');
select apartado._number_events();
select is_empty('select * from tests.sent()', 'nothing for anybody');
select is(count(*), 2::bigint, 'they move on without a message') from apartado.list_webhooks(null) where behind = 0;
select is(array_agg(message order by webhook_id), '{2,0}', 'and numbers are for messages') from apartado.webhooks;
select tests.commits();
