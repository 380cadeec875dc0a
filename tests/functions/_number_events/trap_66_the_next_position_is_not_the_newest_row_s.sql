select plan(2);
select tests.members('ana'), tests.item('disc');
select tests.held('disc', 'ana');
select apartado._number_events();
-- a purge takes old rows away; here, for once, all of them
alter table apartado.events disable trigger user;
delete from apartado.events;
alter table apartado.events enable trigger user;
select is((pos, oldest), (2::bigint, 2::bigint), 'the head stays where it was') from apartado.event_head();
select from apartado.cancel_reservation('ana', tests.reservation('ana', 'disc'));
select apartado._number_events();
select is((select array_agg(pos) from apartado.events), '{3}'::bigint[], 'it goes on, it does not start again');
