select plan(5);
select tests.members('ana', 'ben'), tests.item('disc', 2);
create function tests.as_service(p_sql text) returns text language plpgsql as $$
begin
  execute 'set local session authorization apartado_api';
  execute p_sql;
  set constraints all immediate;
  execute 'reset session authorization';
  return 'committed';
exception
  when others then
    return sqlstate || ' ' || sqlerrm;
end;
$$;
select is(tests.as_service(format($$select * from apartado.reserve('ana', %s, 2)$$, apartado.item_id('disc'))), 'committed', 'a reservation of the service, checked with nobody''s rights but the owner''s');
select is(tests.as_service(format($$select * from apartado.join_queue('ben', %s)$$, apartado.item_id('disc'))), 'committed', 'a place in the queue');
select is(tests.as_service(format($$select * from apartado.cancel_reservation('ana', %s, 1)$$, tests.reservation('ana', 'disc'))), 'committed', 'a part given back, and a promotion');
select is(tests.as_service(format($$select * from apartado.confirm_reservation('ana', %s)$$, tests.reservation('ana', 'disc'))), 'committed', 'a purchase');
select is(tests.holders('disc'), 'ben 1', 'and each did its work');
