select plan(7);
select tests.freeze('2030-01-01 12:00Z');
select tests.item('lp', 4), tests.members('ana', 'ben', 'cai', 'dan');
select tests.held('lp', 'ana', 'ben', 'cai');
select tests.advance('1 hour');
select from apartado.confirm_reservation('ana', tests.reservation('ana', 'lp'));
select from apartado.transfer_reservation('cai', tests.reservation('cai', 'lp'), 'dan');
create function pg_temp.said() returns text language sql as
$$ select concat_ws(' ', round((sum(m.value) filter (where m.name = 'apartado_recent_share' and m.labels ->> 'status' in ('sold', 'cancelled')))::numeric, 4),
                    (select (rates ->> 'converted')::numeric from apartado.dashboard(null))) from apartado.metrics() m $$;
create function pg_temp.held_for(p_status text) returns double precision language sql as
$$ select m.value from apartado.metrics() m where m.name = 'apartado_recent_hold_seconds' and m.labels ->> 'status' = p_status $$;
select is(pg_temp.said(), '1.0000 1.0000', 'one that was handed on goes on elsewhere');
select is((active, converted, given_back, mean_hold), (2::bigint, 1::bigint, 0::bigint, interval '1 hour'), 'in the view, too') from apartado.reservation_summary;
select tests.advance('8 days');
select is(pg_temp.said(), '0.3333 0.3333', 'expired at their deadline, whether or not a job ran');
select is(pg_temp.held_for('expired'), extract(epoch from interval '7 days')::double precision, 'held until then');
select from apartado.expire_and_promote();
select is(pg_temp.said(), '0.3333 0.3333', 'and when it did');
select is(pg_temp.held_for('expired'), extract(epoch from interval '7 days')::double precision, 'held until the deadline, and not until the sweep');
select is((active, converted, expired, given_back, mean_hold), (0::bigint, 1::bigint, 2::bigint, 0::bigint, (interval '1 hour' + 2 * interval '168 hours') / 3), 'in the view, too') from apartado.reservation_summary;
