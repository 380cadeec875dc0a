select plan(15);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai'), tests.operator('olga'), tests.item('hard', 1), tests.item('soft', 2), tests.item('taken', 2), tests.item('own', 2);
select p.* from unnest('{hard,own}'::text[]) sku cross join lateral apartado.set_policy('olga', 'hard', '{"cart": "hard", "hold": 60}', p_item => apartado.item_id(sku)) p;
select from apartado.add_to_cart('ana', apartado.item_id('hard'));
select tests.advance('2 minutes');
select tests.refuses($$select * from apartado.place_order('ana')$$, 'RS401/line', 'lines', 'its time is over');
select from apartado.reserve('ana', apartado.item_id('hard'));
select is((select o.lines #>> '{0,quantity}' from apartado.place_order('ana') o), '1', 'reserve it again, says the hint, and then it is sold');
select is(tests.stock('hard'), '0 free, 0 held, 1 sold, 0 waiting', 'once');

select from apartado.add_to_cart('ben', apartado.item_id('soft'));
select from apartado.checkout('ben');
select tests.advance('8 days');
select tests.refuses($$select * from apartado.place_order('ben')$$, 'RS401/line', 'lines', 'what was checked out, too');
select is((select count(*) from apartado.list_purchases('ben')), 0::bigint, 'and nothing is sold');
select from apartado.reserve('ben', apartado.item_id('soft'));
select is((select s.totals #>> '{0,units}' from apartado.order_summary('ben') s), '1', 'the summary says it');
select is((select o.lines #>> '{0,quantity}' from apartado.place_order('ben') o), '1', 'and is sold');
select is(tests.stock('soft'), '1 free, 0 held, 1 sold, 0 waiting', 'once');

select from apartado.add_to_cart('cai', apartado.item_id('taken'));
select from apartado.checkout('cai');
select from apartado.revoke_reservation('olga', tests.reservation('cai', 'taken'), 'no show');
select tests.refuses($$select * from apartado.place_order('cai')$$, 'RS402/line', 'lines', 'what was taken away');
select is((select o.totals #>> '{0,units}' from apartado.place_order('cai', p_lines => jsonb_build_array(jsonb_build_object('item', apartado.item_id('soft')))) o), '1', 'do without it: lines');

select from apartado.add_to_cart('cai', apartado.item_id('own'));
select from apartado.cancel_reservation('cai', tests.reservation('cai', 'own'));
select tests.refuses($$select * from apartado.checkout('cai')$$, 'RS402/line', 'lines', 'what its holder let go');
select from apartado.validate_cart('cai');
select tests.refuses($$select * from apartado.checkout('cai')$$, 'RS105', 'location', 'do without it: validate_cart');
select from apartado.add_to_cart('cai', apartado.item_id('own'));
select from apartado.cancel_reservation('cai', tests.reservation('cai', 'own'));
select from apartado.reserve('cai', apartado.item_id('own'));
select is((select c.outcome || ' ' || c.quantity from apartado.checkout('cai') c), 'reserved 1', 'a checkout has what is held again, too');
select is((select count(*) from apartado.check_consistency()), 0::bigint, 'and all is in order');
select tests.commits();
