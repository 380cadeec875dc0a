select plan(9);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai'), tests.item('disc', 1);
update apartado.policies set promotion = 'offer', offer_window = '1 hour', missed = 'keep';
create function tests.told_to(p_alias text) returns text language sql as $$
  select concat_ws(' ', s.status, s.my_position, s.queue_length) from apartado.get_status(p_alias, apartado.item_id('disc')) s
$$;
select tests.held('disc', 'ana'), tests.waiting('disc', 'ben', 'cai');
select from apartado.cancel_reservation('ana', tests.reservation('ana', 'disc'));
select is(tests.told_to('ben'), 'offered 1', 'ben is asked');
select is(tests.told_to('cai'), 'in_queue 1 1', 'and cai is next');

select tests.advance('1 hour');
select is(tests.told_to('ben'), 'in_queue 1 2', 'keep: nobody has closed his offer, and he stands where he stood');
select is(tests.told_to('cai'), 'in_queue 2 2', 'with cai behind him');
select from apartado.expire_and_promote();
select is(tests.told_to('ben'), 'in_queue 1 1', 'so he does afterwards');
select is(tests.told_to('cai'), 'offered 1', 'when cai is asked');

update apartado.policies set missed = 'back';
select tests.advance('1 hour');
select is(tests.told_to('cai'), 'in_queue 2 2', 'back: cai stands at the end');
select is(tests.told_to('ben'), 'in_queue 1 2', 'behind ben');
select tests.commits();
