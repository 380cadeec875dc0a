select plan(7);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai'), tests.item('disc', 1);
update apartado.policies set promotion = 'offer', offer_window = '1 hour', missed = 'back';
create function tests.places() returns text language sql as $$
  select string_agg(w.alias || ' ' || w.position || ' of ' || w.queue_length, ', ' order by w.position) from apartado.waiting_positions('{ana,ben,cai}') w
$$;
select tests.held('disc', 'ana'), tests.waiting('disc', 'ben', 'cai');
select from apartado.cancel_reservation('ana', tests.reservation('ana', 'disc'));
select is(tests.places(), 'cai 1 of 1', 'ben is asked, and stands nowhere');
select tests.advance('1 hour');
select is(tests.places(), 'cai 1 of 2, ben 2 of 2', 'ben missed it, and stands at the end');
update apartado.policies set missed = 'keep';
select is(tests.places(), 'ben 1 of 2, cai 2 of 2', 'or where he stood');
select is((select w.position from apartado.waiting_positions('{ben}') w), (select p.position from apartado.get_queue_position('ben', apartado.item_id('disc')) p), 'as get_queue_position says');
update apartado.policies set missed = 'drop';
select is(tests.places(), 'cai 1 of 1', 'or nowhere');
update apartado.policies set missed = 'keep';
select from apartado.expire_and_promote();
select is(tests.places(), 'ben 1 of 1', 'so he does afterwards, when cai is asked');
select tests.commits();
