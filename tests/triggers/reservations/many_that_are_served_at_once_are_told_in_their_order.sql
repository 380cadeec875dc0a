select plan(3);
select tests.freeze('2030-01-01 12:00Z');
select tests.member(a) from unnest(tests.aliases(0, 9)) a;
select tests.item('disc');
select tests.held('disc', 'm00'), tests.waiting('disc', variadic tests.aliases(1, 9));
select is(promoted, 9, 'nine at once') from apartado.adjust_stock(null, apartado.item_id('disc'), 9, 'delivery');
select is((select string_agg(m.alias, ' ' order by e.event_id) from apartado.events e join apartado.members m using (member_id) where e.kind = k),
          first || array_to_string(tests.aliases(1, 9), ' '), k)
  from (values ('queue.promoted', ''), ('reservation.created', 'm00 ')) v (k, first);
