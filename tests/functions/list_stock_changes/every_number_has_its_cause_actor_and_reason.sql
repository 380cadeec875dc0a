select plan(9);
select tests.freeze('2030-01-01 12:00Z');
select tests.operator('olga'), tests.members('ana', 'ben', 'cai'), tests.item('disc', 2);
select tests.acts('ana');
select tests.held('disc', 'ana');
select tests.acts('ben');
select tests.held('disc', 'ben'), tests.waiting('disc', 'cai');
select tests.acts('olga');
select from apartado.revoke_reservation('olga', tests.reservation('ana', 'disc'), 'broken');
select from apartado.adjust_stock('olga', apartado.item_id('disc'), 2, 'bought');
select tests.acts('ben');
select from apartado.confirm_reservation('ben', tests.reservation('ben', 'disc'));
create temporary table answer as select * from apartado.list_stock_changes('olga', apartado.item_id('disc'));
select tests.acts('olga');
create temporary table answers as select * from apartado.list_stock_changes('olga', apartado.item_id('disc'));
select results_eq('select cause, actor, member, reason, delta_total, delta_available, delta_reserved, delta_sold from answers', $$values
  ('purchase.created, reservation.sold', 'ben', 'ben', null, 0, 0, -1, 1),
  ('stock.changed', 'olga', null, 'bought', 2, 2, 0, 0),
  ('queue.promoted, reservation.created', 'olga', 'cai', null, 0, -1, 1, 0),
  ('reservation.revoked', 'olga', 'ana', 'broken', 0, 1, -1, 0),
  ('reservation.created', 'ben', 'ben', null, 0, -1, 1, 0),
  ('reservation.created', 'ana', 'ana', null, 0, -1, 1, 0),
  ('stock.changed', 'role:postgres', null, null, 2, 2, 0, 0)$$, 'cause, actor, member, reason and the differences, the newest first');
select results_eq('select total, available, reserved, sold from answers limit 1', 'select total, available, reserved, sold from apartado.stock', 'the numbers after it are those of today');
select results_eq('select sum(delta_total), sum(delta_available), sum(delta_reserved), sum(delta_sold) from answers', 'select total::bigint, available::bigint, reserved::bigint, sold::bigint from apartado.stock', 'and the differences add up to them');
select is(count(*), 7::bigint, 'at, location') from answers where (at, location) = ('2030-01-01 12:00Z', 'main');
select results_eq($$select change_id from apartado.list_stock_changes('olga', apartado.item_id('disc'), p_limit => 2)$$, 'select change_id from answers limit 2', 'so many');
select results_eq($$select change_id, delta_total from apartado.list_stock_changes('olga', apartado.item_id('disc'), 'main', (select min(change_id) from (select change_id from answers limit 2) x), 2)$$,
  'select change_id, delta_total from answers offset 2 limit 2', 'the next page goes on, with the same differences');
select is(tests.as_role('reader', 'select count(*) from apartado.stock_ledger'), '7', 'the view is for readers');
select is(tests.as_role('dba', 'select count(*) from apartado.stock_ledger'), '7', 'and for operators');
select is(tests.as_role('apartado_api', 'select count(*) from apartado.stock_ledger'), '42501', 'not for the service');
