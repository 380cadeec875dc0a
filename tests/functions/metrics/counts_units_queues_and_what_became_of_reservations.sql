select plan(7);
select tests.freeze('2030-01-01 12:00Z');
select tests.item('lp-1', 3), tests.members('ana', 'ben', 'cai', 'dan');
select tests.held('lp-1', 'ana', 'ben', 'cai');
select tests.waiting('lp-1', 'dan');
select tests.advance('1 hour');
select from apartado.confirm_reservation('ana', (select min(reservation_id) from apartado.list_reservations('ana')));
create function pg_temp.figure(p_name text, p_labels jsonb default '{}') returns double precision language sql as
$$ select m.value from apartado.metrics() m where m.name = 'apartado_' || p_name and m.labels = p_labels $$;
select is(pg_temp.figure('units', '{"state": "reserved"}'), 2::double precision, 'units that are held');
select is(pg_temp.figure('units', '{"state": "sold"}'), 1::double precision, 'units that are sold');
select is(pg_temp.figure('queue_entries'), 1::double precision, 'who waits');
select is(pg_temp.figure('recent_reservations', '{"status": "active"}'), 2::double precision, 'active reservations');
select is(pg_temp.figure('recent_share', '{"status": "sold"}'), 1::double precision, 'all that are closed are sold');
select is(pg_temp.figure('recent_hold_seconds', '{"status": "sold"}'), 3600::double precision, 'after an hour');
select tests.advance('8 days');
select is(pg_temp.figure('overdue_reservations'), 2::double precision, 'what nobody has swept');
