select plan(5);
-- ana was asked first, and missed it; both units are held
select tests.freeze('2030-01-01 12:00Z');
select tests.members('h1', 'h2', 'ana', 'ben', 'cai'), tests.item('disc', 2);
update apartado.policies set promotion = 'offer', offer_window = '1 hour', missed = 'back';
select from apartado.set_policy(null, 'vip', '{"priority": 5}', p_class => 'vip', p_reason => 'they pay');
select from unnest('{ana,ben}'::text[]) u (alias), apartado.set_member_class(null, alias, 'vip', 'they pay');
select tests.held('disc', 'h1', 'h2'), tests.waiting('disc', 'ana', 'ben', 'cai');
create function tests.why(p_alias text) returns text language sql as $$
  select string_agg(concat_ws(' ', code, fact ->> 'position', case when code = 'head_waits_for' then fact ->> 'wanted' end), ', ') from apartado.explain_position(p_alias, apartado.item_id('disc'))
$$;
select from apartado.cancel_reservation('h1', tests.reservation('h1', 'disc'));
select tests.advance('1 hour');

select is(tests.why('ben'), 'ahead 1, next', 'ben is next');
select is(tests.why('ana'), 'ahead 2', 'nobody stands before ana then');
select is(tests.why('cai'), 'ahead 3, head_waits_for 1', 'for cai it is ana');
select from apartado.expire_and_promote();
select is(tests.why('ana'), 'ahead 1', 'so it is afterwards');
select tests.commits();
