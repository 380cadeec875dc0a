select plan(2);
select tests.freeze('2030-01-01 12:00Z');
select tests.member('ana');
select * from apartado.put_items(null, '[{"sku": "a", "title": "A", "quantity": 1}]');
select * from apartado.reserve('ana', apartado.item_id('a'));
select tests.advance('169 hours');
select is((select outcome from apartado.put_items(null, '[{"sku": "a", "quantity": 0}]')), 'updated', 'nobody holds it any more');
select is((select status from apartado.reservations), 'expired', 'and that is written down');
