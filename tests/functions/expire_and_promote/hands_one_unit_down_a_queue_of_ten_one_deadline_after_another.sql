select plan(13);
select tests.freeze('2030-01-01 12:00Z');
select tests.member(a) from unnest(tests.aliases(0, 10)) a;
select tests.item('disc');
select tests.held('disc', 'm00'), tests.waiting('disc', variadic tests.aliases(1, 10));
create function tests.next_holder() returns text language plpgsql as $$
begin
  perform tests.advance('168 hours');
  perform from apartado.expire_and_promote();
  return tests.holders('disc');
end;
$$;
select is(tests.next_holder(), format('m%s 1', to_char(n, 'FM00')), format('number %s', n)) from generate_series(1, 10) n;
select is(tests.next_holder(), 'nobody', 'then it is free');
select is(tests.stock('disc'), '1 free, 0 held, 0 sold, 0 waiting', 'and nobody waits');
select tests.commits();
