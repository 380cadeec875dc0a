select plan(1);
select tests.item('disc', 5);
create function pg_temp.detail() returns text language plpgsql as $$
declare
  v_detail text;
begin
  perform apartado.transfer_stock(null, apartado.item_id('disc'), 1, 'main', 'main', 'r');
  return null;
exception
  when sqlstate 'RS205' then
    get stacked diagnostics v_detail = pg_exception_detail;
    return v_detail;
end;
$$;
select is(pg_temp.detail(), 'expected: another location, from: main', 'where to');
