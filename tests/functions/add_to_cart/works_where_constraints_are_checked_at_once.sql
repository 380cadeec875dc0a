select plan(4);
select tests.members('ana'), tests.item('disc', 3);
select from apartado.set_policy(null, 'default', '{"cart": "hard"}');
set constraints all immediate;
select lives_ok($$select * from apartado.add_to_cart('ana', apartado.item_id('disc'))$$);
select lives_ok($$select * from apartado.change_cart_line('ana', apartado.item_id('disc'), 3)$$);
select lives_ok($$select * from apartado.clear_cart('ana')$$);
set constraints all deferred;
select tests.commits();
