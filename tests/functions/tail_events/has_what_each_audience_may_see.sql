select plan(13);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana'), tests.item('disc'), tests.item('hidden');
select tests.acts('ana');
select tests.held('disc', 'ana'), tests.held('hidden', 'ana');
update apartado.items set visible = false, changed_at = apartado.clock() where sku = 'hidden';
select from apartado.sign_in('zoe');
select apartado._number_events();
create temporary table tail as select * from apartado.tail_events(0);
select results_eq('select pos, kind, alias, public is null from tail', $$values
  (1::bigint, 'stock.changed', null, false), (2, 'stock.changed', null, true), (3, 'reservation.created', 'ana', false),
  (4, 'reservation.created', 'ana', true), (5, 'item.hidden', null, true), (6, 'member.signed_in', 'zoe', true)$$, 'pos, kind, alias; public is null where not everybody may know');
select is((item_id, location, at), (apartado.item_id('disc'), 'main'::text, '2030-01-01 12:00Z'::timestamptz), 'item_id, location, at') from tail where pos = 3;
select is((select data from apartado.list_events(null) where pos = 3), public, 'public is what list_events gives a visitor') from tail where pos = 3;
select is((select data from apartado.list_events('ana') where pos = t.pos), coalesce(public, '{}') || member, 'public and member together are what it gives the member: ' || pos) from tail t where alias = 'ana';
select is(operator, jsonb_build_object('actor', 'ana', 'member', 'ana'), 'operator is what operators may know beside') from tail where pos = 3;
select is(member ->> 'at', '2030-01-01T12:00:00.000000Z', 'what is about no stock row says when, too') from tail where pos = 6;
select results_eq('select pos from apartado.tail_events(2, 2)', 'values (3::bigint), (4)', 'after a position, so many');
select tests.refuses(format('select * from apartado.tail_events(0, %s)', n), 'RS204', 'limit') from unnest(array['null', '0', '-1', '10001']) n;
select is(tests.as_role('dba', 'select count(*) from apartado.tail_events(0)'), '42501', 'only the service reads it');
