select plan(6);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.operator('olga'), tests.item('disc', 2), tests.item('secret');
select tests.held('disc', 'ana', 'ben'), tests.held('secret', 'ana');
update apartado.items set visible = false where sku = 'secret';
select tests.advance('160 hours');
select is(told, 3::bigint, 'three') from apartado.announce_expiring();
select from apartado._number_events();
select is((select count(*) from apartado.list_events(null) where kind = 'reservation.expiring'), 0::bigint, 'nobody else hears of it');
select results_eq($$select item_id, (data ->> 'reservation_id')::bigint from apartado.list_events('ana') where kind = 'reservation.expiring' order by item_id$$,
  $$values (apartado.item_id('disc'), tests.reservation('ana', 'disc')), (apartado.item_id('secret'), tests.reservation('ana', 'secret'))$$, 'ana of hers, hidden or not');
select is((select array_agg(data ->> 'member' order by data ->> 'member') from apartado.list_events('olga') where kind = 'reservation.expiring'), '{ana,ana,ben}', 'operators of all');
select is((select array_agg(public is null order by pos) from apartado.tail_events(0) where kind = 'reservation.expiring'), '{t,t,t}', 'the service has nothing to give to everybody');
select tests.commits();
