select plan(6);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana'), tests.item('disc');
select from apartado.add_to_cart('ana', apartado.item_id('disc'));
select from apartado._number_events(); select from apartado.validate_carts();
update apartado.items set price = 20;
select from apartado._number_events();
-- while the job did not run
select tests.advance('721 hours');
select from apartado.purge(null, 'the cleaning', apartado.clock() - interval '720 hours');
select is((select count(*) from apartado.events where pos is not null), 0::bigint, 'it was dropped');
select is(told, 1::bigint, 'it is told all the same') from apartado.validate_carts();
select is((looked, told), (0::bigint, 0::bigint), 'once') from apartado.validate_carts();
-- as lines are from before this was kept
update apartado.cart_watch set pos = null;
update apartado.cart_lines set told_state = null, told_price = null;
select is((looked, told), (1::bigint, 1::bigint), 'so it is at the first run, against what was seen') from apartado.validate_carts();
select is((looked, told), (0::bigint, 0::bigint), 'once') from apartado.validate_carts();
select tests.commits();
