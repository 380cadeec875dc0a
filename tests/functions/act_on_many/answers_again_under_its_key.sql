select plan(5);
select tests.freeze('2030-01-01 12:00Z');
select tests.operator('olga'), tests.item('disc', 2);
prepare again as select * from apartado.act_on_many('olga', 'adjust_stock', jsonb_build_array(
  jsonb_build_object('item', apartado.item_id('disc'), 'delta', 1, 'reason', 'delivery'),
  jsonb_build_object('item', apartado.item_id('disc'), 'delta', -9, 'reason', 'lost')), 'the key');
create temporary table first as execute again;
select tests.advance('1 hour');
select results_eq('again', 'select * from first', 'the same answer, refusals included');
select is((select array_agg(outcome order by number) from first), '{done,refused}', 'of a call of which something was done');
select is(tests.stock('disc'), '3 free, 0 held, 0 sold, 0 waiting', 'and nothing is done twice');
select tests.refuses($$select * from apartado.act_on_many('olga', 'adjust_stock', '[{"item": 1, "delta": 1, "reason": "other"}]', 'the key')$$, 'RS310', 'idempotency_key', 'another request under it');
select is((select p.outcome from apartado.preview('olga', 'act_on_many', jsonb_build_object('function', 'adjust_stock', 'calls', jsonb_build_array(
             jsonb_build_object('item', apartado.item_id('disc'), 'delta', 1, 'reason', 'delivery')))) p), 'done', 'what it would do can be looked at');
