select plan(8);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.item('disc'), tests.item('tape');
select from apartado.set_policy(null, 'hard', '{"cart": "hard", "hold": 60}', apartado.item_id('tape'));
select from apartado.add_to_cart('ana', apartado.item_id('disc')); select from apartado.add_to_cart('ana', apartado.item_id('tape'));
select is((select c.notices from apartado.validate_cart('ana') c), '[]', 'nothing happened');
update apartado.items set price = 20;
select is((select n - 'item_id' from apartado.get_cart('ana') c, jsonb_array_elements(c.notices) n),
          '{"price": "20.00", "reason": "price_changed", "currency": "EUR", "quantity": 1, "price_before": "12.50"}', 'what is not set aside costs more, the other price is frozen');
select is((select c.totals #>> '{0,total}' from apartado.get_cart('ana') c), '32.50', 'and the total says so');
select tests.advance('2 minutes');
create temporary table seen as select * from apartado.validate_cart('ana');
select is((select string_agg(n ->> 'reason', ' ') from seen, jsonb_array_elements(notices) n), 'price_changed expired', 'both are told');
select is((select last_validated_at from seen), '2030-01-01 12:02Z', 'with the time');
select is(tests.stock('tape'), '1 free, 0 held, 0 sold, 0 waiting', 'what is over is closed');
select is((select (c.notices, c.last_validated_at, c.lines #>> '{0,price_before}')::text from apartado.get_cart('ana') c), '([],"2030-01-01 12:02:00+00",)', 'and told no more');
select tests.commits();
