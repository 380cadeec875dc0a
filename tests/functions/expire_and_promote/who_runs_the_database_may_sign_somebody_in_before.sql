select plan(5);
-- in one transaction: the session stays that of who runs the database, and in the service's it is the member's
select tests.item('disc');
select from apartado.sign_in('eva');
select is((select e.actor from apartado.events e where e.kind = 'member.signed_in'), 'eva', 'eva signed in herself');
select lives_ok('select * from apartado.expire_and_promote()', 'the sweep is none of hers');
select lives_ok('select * from apartado.check_consistency()', 'nor is the check');
select is(tests.as_role('apartado_api', $$select e.remaining from apartado.sign_in('fay') s cross join lateral apartado.expire_and_promote(length(s.token)) e$$), 'RS602', 'in a session of the service it is fay who calls');
select tests.commits();
