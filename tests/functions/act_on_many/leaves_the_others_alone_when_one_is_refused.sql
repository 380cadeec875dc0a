select plan(7);
select tests.freeze('2030-01-01 12:00Z');
select tests.operator('olga'), tests.members('ana', 'ben', 'cai', 'dia'), tests.item('disc'), tests.item('lp', 2);
select tests.held('disc', 'ana'), tests.waiting('disc', 'ben', 'cai', 'dia');
create temporary table answers as
select * from apartado.act_on_many('olga', 'adjust_stock', jsonb_build_array(
  jsonb_build_object('item', apartado.item_id('lp'), 'delta', -3, 'reason', 'lost'),
  jsonb_build_object('item', apartado.item_id('lp'), 'delta', -1, 'reason', 'lost'),
  jsonb_build_object('item', apartado.item_id('lp'), 'delta', -1),
  jsonb_build_object('item', 'x', 'delta', -1, 'reason', 'lost'),
  jsonb_build_object('item', apartado.item_id('lp'), 'delta', 99999999999, 'reason', 'lost'),
  jsonb_build_object('item', 987654321, 'delta', -1, 'reason', 'lost'),
  '7'::jsonb, 'null'::jsonb, '[]'::jsonb,
  jsonb_build_object('item', apartado.item_id('disc'), 'delta', 1, 'reason', 'found')));
select is((select string_agg(coalesce(code, outcome), ' ' order by number) from answers),
          'RS301 done RS205 RS205 RS205 RS101 RS205 RS205 RS205 done', 'each for itself');
select ok((select bool_and(message <> '' and hint <> '' and detail <> '') from answers where outcome = 'refused'), 'a refusal says why, and what to do');
select is((select array_agg(distinct answer is null) from answers where outcome = 'refused'), '{t}', 'and answers nothing');
select is(tests.stock('lp'), '1 free, 0 held, 0 sold, 0 waiting', 'who was refused changed nothing');
select is(tests.holders('disc'), 'ana 1, ben 1', 'who came after them was done');

select is((select string_agg(coalesce(a.code, a.outcome), ' ' order by a.number)
             from apartado.act_on_many('olga', 'remove_entry', (
                    select jsonb_agg(jsonb_build_object('entry', q.queue_entry_id, 'reason', 'asked us to') order by q.ticket) from apartado.queue_entries q)) a),
          'RS312 done done', 'places in a queue: one was closed already');
select tests.commits();
