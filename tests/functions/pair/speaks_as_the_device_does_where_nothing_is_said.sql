select plan(3);
create temporary table first as select * from apartado.sign_in('ana', p_language => 'en');
create function tests.paired(p_reads text, p_language text default null) returns text language plpgsql as $$
declare
  v_code text;
begin
  select r.code into v_code
    from apartado.authenticate((select token from first)) a cross join lateral apartado.start_pairing(a.alias) r;
  perform from apartado.authenticate(null, p_reads);
  return (select p.language from apartado.pair(v_code, p_language) p);
end;
$$;
select is(tests.paired('es'), 'es', 'what the device reads');
select is(tests.paired('es', 'en'), 'en', 'what is said is stronger');
select is(tests.paired(null), 'en', 'what the member reads, where nothing is known');
