select plan(1);
select tests.members('ana'), tests.item('disc'), tests.item('lp');
select tests.held('lp', 'ana');
select from apartado.set_policy(null, 'default', '{"cart": "hard"}');
select from apartado.add_to_cart('ana', apartado.item_id('disc'));
select results_eq($$select l.sku from apartado.get_cart('ana') c, jsonb_to_recordset(c.lines) l (sku text)$$, $$values ('disc')$$, 'only what was put in');
