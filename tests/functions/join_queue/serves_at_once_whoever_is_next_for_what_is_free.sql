select plan(6);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai', 'eva'), tests.item('disc', 2);

update apartado.policies set fit = 'partial';
select is(concat_ws(' ', coalesce(position::text, 'none'), queue_length), 'none 0', 'partial: there is no place where no waiting is')
  from apartado.join_queue('ana', apartado.item_id('disc'), 3);
select is(tests.holders('disc'), 'ana 2', 'what is free is hers, less than she wants');

update apartado.policies set fit = 'strict';
select from apartado.set_policy(null, 'vip', '{"priority": 5}', p_class => 'vip', p_reason => 'because');
select from apartado.set_member_class(null, 'eva', 'vip', 'because');
select from apartado.join_queue('ben', apartado.item_id('disc'), 2);
select from apartado.cancel_reservation('ana', tests.reservation('ana', 'disc'), 1);
select is(concat_ws(' ', tests.stock('disc'), tests.line('disc')), '1 free, 1 held, 0 sold, 1 waiting ben', 'ben waits for more than is free');
select from apartado.join_queue('eva', apartado.item_id('disc'));
select is(tests.holders('disc'), 'ana 1, eva 1', 'eva goes before him, and is served');

select from apartado.join_queue('cai', apartado.item_id('disc'));
select is(tests.line('disc'), 'ben cai', 'whoever is not next waits');
select tests.commits();
