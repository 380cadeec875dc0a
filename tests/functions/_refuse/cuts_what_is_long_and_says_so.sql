select plan(4);
create function tests.detail(p_facts jsonb) returns text language plpgsql as $$
declare
  v_detail text;
begin
  perform apartado._refuse('RS104', 'location', p_facts);
exception
  when sqlstate 'RS104' then
    get stacked diagnostics v_detail = pg_exception_detail;
    return v_detail;
end;
$$;

select is(tests.detail(jsonb_build_object('a', repeat('y', 100000), 'z', 1)), 'a: ' || repeat('y', 200) || '…, z: 1',
  'a long value is cut, and hides no other');
select is(tests.detail(jsonb_build_object('a', repeat('ñ', 200))), 'a: ' || repeat('ñ', 200), 'what is not too long is told whole');
select is(length(tests.detail((select jsonb_object_agg('f' || n, repeat('y', 200)) from generate_series(1, 9) n))), 500,
  'all facts together are cut short');
select is(tests.detail(jsonb_build_object('known', repeat('y', 300), 'z', 1)), 'known: ' || repeat('y', 300) || ', z: 1', 'but for the names that there are, which are ours');
