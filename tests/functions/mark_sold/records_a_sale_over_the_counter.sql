select plan(9);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana'), tests.operator('olga'), tests.item('disc', 3);
select tests.acts('olga');
create temporary table answer as
  select * from apartado.mark_sold('olga', apartado.item_id('disc'), 'main', 2, 'ana', false, 'paid in coins');
select is(purchase_id, (select purchase_id from apartado.purchases), 'purchase_id') from answer;
select is(buyer, 'ana', 'buyer') from answer;
select is(quantity, 2, 'quantity') from answer;
select is(price::text, '12.50', 'price of one') from answer;
select is(currency, 'EUR', 'currency') from answer;
select is(tests.stock('disc'), '1 free, 0 held, 2 sold, 0 waiting', 'the counters');
select is((select concat_ws(' ', reservation_id, quantity, price, currency, reference, notes, purchased_at at time zone 'UTC') from apartado.purchases),
          '2 12.50 EUR paid in coins 2030-01-01 12:00:00', 'the purchase');
select is((select concat_ws(' ', kind, actor, details ->> 'notes', data ->> 'notes') from apartado.events where kind = 'purchase.created'),
          'purchase.created olga paid in coins', 'who did it, and the notes for operators only');
select tests.commits();
