select plan(3);
select tests.freeze('2030-01-01 12:00Z');
select tests.item('disc', 2);
update apartado.stock set total = total + 1, available = available + 1, version = version + 1;
select is((select concat_ws(' ', kind, details ->> 'delta', details ->> 'reason', available, version) from apartado.events order by event_id desc limit 1),
          (select 'stock.changed 1 3 ' || version from apartado.stock), 'even by hand');
update apartado.stock set next_ticket = 9, version = version + 1;
select is((select count(*) from apartado.events), 2::bigint, 'what changes no units is not told');
select tests.commits();
