select plan(5);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai', 'dee'), tests.item('disc', 2);
select from apartado.reserve('ana', apartado.item_id('disc'), 2, p_ttl => '1 hour');
select tests.waiting('disc', 'ben');
select from apartado.join_queue('cai', apartado.item_id('disc'), 2);
create temporary view seen as
  select m.alias, concat_ws(' ', s.status, my_reservation_id = tests.reservation('ana', 'disc'), my_quantity, my_expires_at at time zone 'UTC', my_position, actions) as it
    from apartado.members m, apartado.get_status(m.alias, apartado.item_id('disc')) s;
select is((select it from seen where alias = 'ana'), 'reserved t 2 2030-01-01 13:00:00 {confirm_reservation,cancel_reservation}', 'the holder');
select is((select it from seen where alias = 'ben'), 'in_queue 1 1 {leave_queue,suspend_entry}', 'the first who waits');
select is((select it from seen where alias = 'cai'), 'in_queue 2 2 {leave_queue,suspend_entry}', 'the second, with what they want');
select is((select it from seen where alias = 'dee'), 'reserved_by_others {join_queue}', 'somebody else');
update apartado.members set barred_at = apartado.clock();
select is((select string_agg(it, ', ' order by alias) from seen),
          'reserved t 2 2030-01-01 13:00:00 {}, in_queue 1 1 {}, in_queue 2 2 {}, reserved_by_others {}', 'the barred may look and do nothing');
