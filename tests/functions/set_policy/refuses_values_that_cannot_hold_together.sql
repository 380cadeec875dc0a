select plan(15);
select tests.item('disc');
insert into apartado.drops (title, opens_at, created_at) values ('Drop', apartado.clock(), apartado.clock());
update apartado.items set drop_id = (select drop_id from apartado.drops);
select from apartado.set_policy(null, 'vip', '{}', p_class => 'vip', p_reason => 'test');
select tests.refuses(format('select * from apartado.set_policy(null, ''p'', %L)', v), 'RS205/conflict', 'values', v)
  from unnest(array['{"hold": 100, "hold_cap": 99}', '{"payment_window": 100, "hold_cap": 99}', '{"extension_limit": 0, "extension_total": 1}',
                    '{"promotion": "direct", "offer_window": 60}', '{"promotion": "direct", "missed": "back"}',
                    '{"fit": "strict", "passed_limit": 3}', '{"fit": "partial", "passed_limit": 3}']) v;
select tests.refuses($$select * from apartado.set_policy(null, 'p', '{"hold": "1000 hours"}', apartado.item_id('disc'))$$, 'RS205/conflict', 'values', 'longer than the cap of the default');
select from apartado.set_policy(null, 'capped', '{"hold": 50, "hold_cap": 100, "payment_window": 100}', apartado.item_id('disc'));
select tests.refuses($$select * from apartado.set_policy(null, 'fast', '{"hold": 101}', p_drop => (select drop_id from apartado.drops))$$, 'RS205/conflict', 'values', 'of a drop over an item');
select tests.refuses($$select * from apartado.set_policy(null, 'vip', '{"payment_window": 101}', p_reason => 'test')$$, 'RS205/conflict', 'values', 'of a class over an item');
select tests.refuses($$select * from apartado.set_policy(null, 'capped', '{"hold": null}')$$, 'RS205/conflict', 'values', 'a value taken back');
select from apartado.set_policy(null, 'none', '{"extension_limit": 0}', p_location => 'main');
select pass('no extensions, whatever weaker policies say of their sum');
select tests.refuses($$select * from apartado.set_policy(null, 'capped', '{"extension_total": 10}')$$, 'RS205/conflict', 'values', 'a sum over a policy that allows none');
select from apartado.set_policy(null, 'capped', '{"extension_limit": 1, "extension_total": 10}');
select tests.refuses($$select * from apartado.set_policy(null, 'vip', '{"fit": "fit"}', p_reason => 'test')$$, 'RS205/of_class', 'values', 'a class cannot say what a queue shares');
select tests.commits();
