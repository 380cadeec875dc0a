select plan(1);
select tests.freeze('2030-01-01 12:00Z');
select apartado.count_attempt('sign_in', 'ana') from generate_series(1, 10);
select tests.advance('100.5 seconds');
create function tests.detail() returns text language plpgsql as $$
declare
  v_detail text;
begin
  perform apartado.count_attempt('sign_in', 'ana');
exception
  when sqlstate 'RS505' then
    get stacked diagnostics v_detail = pg_exception_detail;
    return v_detail;
end;
$$;
select is(tests.detail(), 'retry_after: 200', 'in whole seconds, rounded up');
