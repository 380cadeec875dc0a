select plan(5);
select tests.freeze('2030-01-01 12:00Z');
select tests.operator('olga'), tests.item('disc');
create temporary table w as
select a.webhook_id as every, b.webhook_id as rare
  from apartado.create_webhook('olga', 'https://shop.example/in') a
 cross join apartado.create_webhook('olga', 'https://shop.example/rare', '{stock.changed}') b;
select from apartado.adjust_stock('olga', apartado.item_id('disc'), 1, 'found');
select apartado._number_events();
create function tests.sent() returns table (webhook_id bigint, message jsonb) language sql as $$
  select c.webhook_id, (c.body -> 'data') - '{webhook_id,events}'::text[] || jsonb_build_object('events', jsonb_array_length(c.body #> '{data,events}'))
    from apartado.claim_webhooks() c;
$$;
create temporary table before as select pos from apartado.event_head();
select tests.advance('800 hours');
select from apartado.set_location('olga', 'shop');
select apartado._number_events();
select from apartado.purge('olga', 'cleaning', apartado.clock() - interval '720 hours');
select results_eq('select message from tests.sent() order by webhook_id', $$
  select jsonb_build_object('after', 0, 'through', pos + 1, 'reset', true, 'events', 1) from before union all
  select jsonb_build_object('after', 0, 'through', pos + 1, 'reset', true, 'events', 0) from before$$, 'whether or not something is left of what it is sent');
select is(count(arrived), 2::bigint, 'they arrive') from w cross join lateral unnest(array[every, rare]) u (id) cross join lateral apartado.note_webhook(u.id, 1, 200);
select apartado._number_events();
select results_eq($$select message ->> 'reset' from tests.sent()$$, $$values ('false')$$, 'once');
select is_empty('select * from tests.sent()', 'nothing for anybody');
select is(behind, 0::bigint, 'the other one is where the ledger is') from apartado.list_webhooks('olga'), w where webhook_id = rare;
