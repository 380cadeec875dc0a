select plan(3);
select is(tests.freeze('2030-01-01 12:00Z'), '2030-01-01 12:00Z'::timestamptz, 'it stands where it was put');
select tests.advance('90 seconds');
select is(apartado.clock(), '2030-01-01 12:01:30Z'::timestamptz, 'it moves when it is told');
select is(apartado.clock(), apartado.clock(), 'and not by itself');
