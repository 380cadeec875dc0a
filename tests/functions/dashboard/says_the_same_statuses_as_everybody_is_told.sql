select plan(5);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai', 'dee');
select tests.item('d' || n) from generate_series(1, 9) n;
select tests.item('hidden', 2, p_visible => false), tests.item('display', 1, p_for_sale => false), tests.item('empty', 0);
update apartado.policies set active_limit = 100;
select tests.drop_of('1 day', '2 days', 'd8'), tests.drop_of('-2 days', '-1 day', 'd9');
select tests.held('d' || n, 'ana') from generate_series(2, 5) n;
select tests.waiting('d3', 'ben'), tests.waiting('d4', 'ben', 'cai');
select from apartado.confirm_reservation('ana', tests.reservation('ana', 'd5'));
select from apartado.release_if_wanted('ana', tests.reservation('ana', 'd2'), true);
select from apartado.join_any('dee', array[apartado.item_id('d3'), apartado.item_id('d4')]);
create function pg_temp.counted() returns jsonb language sql as $$
  select jsonb_object_agg(status, n) from (
    select status, count(*) as n from (
      select status from apartado.list_statuses(null) union all select 'hidden' from apartado.items where not visible) x
     group by status) y $$;
select is((select items_by_status from apartado.dashboard(null)), pg_temp.counted(), 'now');
select is((select concat_ws(' ', available, reserved, sold, waiting, open_reservations, due_soon) from apartado.dashboard(null)), '8 3 1 5 3 0', 'units, places and reservations');
select tests.advance('168 hours');
select is((select items_by_status from apartado.dashboard(null)), pg_temp.counted(), 'past the deadlines, before any job');
select is((select concat_ws(' ', available, reserved, sold, waiting, open_reservations) from apartado.dashboard(null)), '9 2 1 5 0', 'what is due is free, or kept for who is next');
select from apartado.expire_and_promote();
select is((select items_by_status from apartado.dashboard(null)), pg_temp.counted(), 'and after it');
