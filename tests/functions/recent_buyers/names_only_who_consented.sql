select plan(4);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai'), tests.item('disc', 9);
select from apartado.change_profile('ana', 'Señora A', p_show_name => true);
select from apartado.change_profile('ben', 'Nobody''s business');
select from apartado.change_profile('cai', p_show_name => true);
select m.purchase_id from unnest('{ana,ben,cai}'::text[]) b, apartado.mark_sold(null, apartado.item_id('disc'), p_buyer => b) m;
select from apartado.mark_sold(null, apartado.item_id('disc'));
select results_eq($$select display_name from apartado.recent_buyers(null, apartado.item_id('disc'), 9)$$, $$values (null::text), (null), (null), ('Señora A')$$,
                  'nobody, no name, no consent, and a name with consent');
select tests.drop_of('-1 hour', '1 hour', 'disc');
select from apartado.mark_sold(null, apartado.item_id('disc'), p_buyer => 'ana');
select is(recent_buyers -> 0 ->> 'display_name', 'Señora A', 'in the list of drops, too') from apartado.list_drops(null);
select from apartado.change_profile('ana', p_show_name => false);
select is(count(display_name), 0::bigint, 'consent can be taken back') from apartado.recent_buyers(null, apartado.item_id('disc'), 9);
select tests.commits();
