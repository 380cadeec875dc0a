select plan(16);
select tests.freeze('2030-01-01 12:00Z');
select tests.operator('olga'), tests.members('ana', 'ben', 'cai'), tests.item('disc', 2), tests.item('lp', 1), tests.item('tape', 1);
select tests.held('disc', 'ana', 'ben'), tests.waiting('disc', 'cai');
select tests.acts('olga');
create function pg_temp.many(p_function text, variadic p_calls jsonb[]) returns text language sql
as $$ select string_agg(concat_ws(' ', a.number, a.outcome, a.code), ', ') from apartado.act_on_many('olga', p_function, to_jsonb(p_calls)) a $$;

select is(pg_temp.many('revoke_reservation',
            jsonb_build_object('reservation', tests.reservation('ben', 'disc'), 'reason', 'damaged'),
            jsonb_build_object('reservation', tests.reservation('ana', 'disc'), 'reason', 'damaged, too')),
          '1 done, 2 done', 'two reservations are taken back');
select is(tests.holders('disc'), 'cai 1', 'and who waited is served');
select is((select array_agg(r.reason order by r.reservation_id) from apartado.reservations r where r.status = 'revoked'),
          '{"damaged, too",damaged}', 'each with its own reason');
select is((select array_agg(distinct e.actor) from apartado.events e where e.kind = 'reservation.revoked'), '{olga}', 'by who did it');

select is(pg_temp.many('adjust_stock', jsonb_build_object('item', apartado.item_id('lp'), 'delta', 2, 'reason', 'delivery'),
                                       jsonb_build_object('item', apartado.item_id('tape'), 'delta', 1, 'reason', 'delivery'),
                                       jsonb_build_object('item', apartado.item_id('lp'), 'delta', -1, 'reason', 'broken')),
          '1 done, 2 done, 3 done', 'stock comes and goes, of one item twice');
select is(array[tests.stock('lp'), tests.stock('tape')], '{"2 free, 0 held, 0 sold, 0 waiting","2 free, 0 held, 0 sold, 0 waiting"}', 'in their order');
select is((select string_agg(a.answer -> 0 ->> 'total', ' ' order by a.number)
             from apartado.act_on_many(null, 'adjust_stock', jsonb_build_array(
                    jsonb_build_object('item', apartado.item_id('tape'), 'delta', 1, 'reason', 'delivery'),
                    jsonb_build_object('item', apartado.item_id('tape'), 'delta', 1, 'reason', 'delivery'))) a),
          '3 4', 'each answers what it would have answered alone');

select is(pg_temp.many('mark_sold', jsonb_build_object('item', apartado.item_id('lp')),
                                    jsonb_build_object('item', apartado.item_id('disc'), 'buyer', 'cai')),
          '1 done, 2 done', 'sales over the counter');
select is((select count(*)::integer from apartado.purchases), 2, 'are recorded');
select is(pg_temp.many('undo_sale', (select jsonb_build_object('purchase', max(p.purchase_id), 'reason', 'came back') from apartado.purchases p)),
          '1 done', 'and taken back');
select is(pg_temp.many('set_visibility', jsonb_build_object('item', apartado.item_id('lp'), 'visible', false, 'reason', 'stock-taking'),
                                         jsonb_build_object('item', apartado.item_id('tape'), 'visible', false, 'reason', 'stock-taking')),
          '1 done, 2 done', 'items are hidden');
select is((select count(*)::integer from apartado.items where not visible), 2, 'so they are');

select apartado.set_location(null, 'cellar', 'Cellar');
select is(pg_temp.many('transfer_stock', jsonb_build_object('item', apartado.item_id('disc'), 'quantity', 1, 'from', null, 'to', 'cellar', 'reason', 'room')),
          '1 done', 'units move to a place where there were none');
select is(pg_temp.many('pause_queue', jsonb_build_object('item', apartado.item_id('tape'), 'paused', true, 'reason', 'stock-taking')), '1 done', 'a queue stands still');
select results_eq('select rule, subject from apartado.check_consistency()', $$values (null::text, null::text) limit 0$$, 'every counter is right');
select tests.commits();
