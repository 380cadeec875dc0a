select plan(4);
select tests.members('ana'), tests.operator('olga');
select is(tests.as_role('apartado_api', 'select * from apartado.announce_drops()'), '42501', 'not for the service');
select tests.acts('ana');
select tests.refuses('select * from apartado.announce_drops()', 'RS602', 'actor', 'not for a member');
select set_config('apartado.actor', 'anonymous', true);
select tests.refuses('select * from apartado.announce_drops()', 'RS601', 'actor', 'not for a visitor');
select tests.acts('olga');
select lives_ok('select * from apartado.announce_drops()', 'an operator may');
