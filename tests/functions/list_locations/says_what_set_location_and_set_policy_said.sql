select plan(4);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana'), tests.operator('olga');
select from apartado.set_location(null, 'till', 'The till', '+34 600 123 456');
select from apartado.set_location(null, 'cellar');
select from apartado.set_policy(null, 'slow', '{"hold": 7200}', p_location => 'till');
select results_eq($$select location, name, phone, policy, server_time at time zone 'UTC' from apartado.list_locations('olga') where location <> 'main'$$,
  $$values ('cellar', 'cellar', null::text, null::text, '2030-01-01 12:00'::timestamp), ('till', 'The till', '34600123456', 'slow', '2030-01-01 12:00')$$, 'by their codes');
select is(string_agg(location, ' '), 'cellar main till', 'a database role sees them, too') from apartado.list_locations(null);
select tests.refuses($$select * from apartado.list_locations('ana')$$, 'RS602', 'actor', 'a member');
select tests.commits();
