select plan(6);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.item('disc'), tests.item('other');
select from apartado.reserve('ana', apartado.item_id('disc'), p_ttl => '1 hour');
select tests.held('other', 'ana');
select from apartado.transfer_reservation('ana', tests.reservation('ana', 'other'), 'ben');
select tests.advance('3 hours');
select from apartado.expire_and_promote();
select from apartado.confirm_reservation('ben', tests.reservation('ben', 'other'));
create function pg_temp.figure(p_name text, p_status text) returns double precision language sql as
$$ select m.value from apartado.metrics() m where m.name = 'apartado_' || p_name and m.labels = jsonb_build_object('status', p_status) $$;
select is(pg_temp.figure('recent_hold_seconds', 'expired'), 3600::double precision, 'until its deadline, not until the sweep');
select is(pg_temp.figure('recent_reservations', 'cancelled'), 0::double precision, 'what was handed on is not cancelled: it goes on under another id');
select is(pg_temp.figure('recent_share', 'sold'), 0.5::double precision, 'and half of what is over was sold');
select is(pg_temp.figure('recent_hold_seconds', 'active'), null, 'nothing is held yet for so long as it will be');
select is((select array[expired, converted, mean_held] from apartado.dashboard(null) d cross join lateral jsonb_to_record(d.rates) as r (expired numeric, converted numeric, mean_held numeric)),
          array[0.5, 0.5, 7200], 'as the dashboard says');
select tests.commits();
