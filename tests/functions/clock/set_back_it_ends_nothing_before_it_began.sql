select plan(9);
-- each is reserved, and then the clock of the machine is set back by a second
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben');
select tests.item('d' || n) from generate_series(1, 6) n;
update apartado.policies set active_limit = 10;
select tests.held('d' || n, 'ana') from generate_series(1, 6) n;
select tests.advance('-1 second');

select lives_ok($$select from apartado.cancel_reservation('ana', tests.reservation('ana', 'd1'))$$, 'it is given back');
select lives_ok($$select from apartado.confirm_reservation('ana', tests.reservation('ana', 'd2'))$$, 'it is bought');
select lives_ok($$select from apartado.transfer_reservation('ana', tests.reservation('ana', 'd3'), 'ben')$$, 'it is handed on');
select lives_ok($$select from apartado.revoke_reservation(null, tests.reservation('ana', 'd4'), 'because')$$, 'it is revoked');
select lives_ok($$select from apartado.mark_sold(null, apartado.item_id('d5'), p_buyer => 'ben', p_override => true)$$, 'it is sold to somebody else');
select from apartado.release_if_wanted('ana', tests.reservation('ana', 'd6'));
select lives_ok($$select from apartado.reserve('ben', apartado.item_id('d6'))$$, 'it is let go');
select is((select string_agg(distinct (closed_at - reserved_at)::text, ' ') from apartado.reservations where closed_at is not null), '00:00:00', 'each ended when it began');
select is((select count(*) from apartado.reservations where closed_at is not null), 6::bigint, 'all six');
select tests.commits();
