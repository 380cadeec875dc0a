select plan(2);
set local timezone = 'America/Lima';
select is(apartado._utc('2030-07-01 12:00:00.5+02'), '2030-07-01T10:00:00.500000Z', 'with microseconds and a Z');
select is(apartado._utc(null), null, 'null is null');
