select plan(2);
select tests.freeze('2030-01-01 12:00Z');
select tests.item('disc');
set local timezone = 'America/Bogota';
create function tests.detail(p_sql text) returns text language plpgsql as $$
declare
  v_detail text;
begin
  execute p_sql;
  return null;
exception
  when sqlstate 'RS204' then
    get stacked diagnostics v_detail = pg_exception_detail;
    return v_detail;
end;
$$;
select matches(tests.detail($$select * from apartado.item_at(null, apartado.item_id('disc'), '2030-01-01 12:01Z')$$), 'at: 2030-01-01T12:01:00.000000Z.*latest: 2030-01-01T12:00:00.000000Z', 'what was asked for as what can be, wherever the session is');
select tests.commits();
