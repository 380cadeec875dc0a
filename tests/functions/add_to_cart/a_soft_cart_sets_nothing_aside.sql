select plan(6);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.item('disc', 2), tests.item('sold', 0);
select is((select c.lines #- '{0,item_id}' from apartado.add_to_cart('ana', apartado.item_id('disc'), 2) c),
          '[{"sku": "disc", "code": null, "line": 1, "price": "12.50", "title": "Title of disc", "total": "25.00", "status": "in_cart", "added_at": "2030-01-01T12:00:00.000000Z", "currency": "EUR", "position": null, "quantity": 2, "available": 2, "expires_at": null, "price_before": null, "reservation_id": null}]', 'the line');
select is(tests.stock('disc'), '2 free, 0 held, 0 sold, 0 waiting', 'others may have it');
select is((select c.lines -> 0 ->> 'quantity' from apartado.add_to_cart('ana', apartado.item_id('disc')) c), '3', 'again: it grows');
select is((select c.lines -> 1 ->> 'status' from apartado.add_to_cart('ana', apartado.item_id('sold')) c), 'sold', 'what is sold may be in it, and says so');
select is((select string_agg(status || ' ' || in_cart, ', ' order by item_id) from apartado.list_statuses('ana')), 'in_cart true, sold true', 'the statuses know');
select tests.commits();
