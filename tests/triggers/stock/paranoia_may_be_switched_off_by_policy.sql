select plan(8);
select tests.members('ana'), tests.item('calm', 3), tests.item('hot', 3);
select from apartado.set_policy(null, 'hot', '{"paranoia": false}', apartado.item_id('hot'));
create temporary table edits as
select format('update apartado.stock set reserved = reserved + %s, available = available - %1$s, version = version + 1 where item_id = %s', n, apartado.item_id(sku)) as counters,
       format('insert into apartado.reservations (stock_id, member_id, quantity, price, currency, reserved_at, expires_at)
               select stock_id, member_id, 1, price, currency, apartado.clock(), apartado.clock() + interval ''1 hour'' from apartado.stock, apartado.members where item_id = %s', apartado.item_id(sku)) as rows, sku, n
  from unnest('{calm,hot}'::text[]) sku, unnest('{1,-1}'::integer[]) n;
select tests.cannot_commit((select counters from edits where sku = 'calm' and n = 1), 'RS312', 'counters by hand');
select tests.cannot_commit((select rows from edits where sku = 'calm' and n = 1), 'RS312', 'rows by hand');
select lives_ok((select rows from edits where sku = 'hot' and n = 1), 'where it is off');
select lives_ok('set constraints all immediate', 'nobody looks at the commit');
set constraints all deferred;
select isnt_empty('select * from apartado.check_consistency()', 'but check_consistency finds it');
select from apartado.set_policy(null, 'hot', '{"paranoia": true}');
select tests.cannot_commit('update apartado.stock set queue_length = queue_length, version = version + 1 where item_id = apartado.item_id(''hot'')', 'RS312', 'on again, everybody who comes by finds it');
select lives_ok((select counters from edits where sku = 'hot' and n = 1), 'until it is put right');
select lives_ok('set constraints all immediate', 'and then agrees');
