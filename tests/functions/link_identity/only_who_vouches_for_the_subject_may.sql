select plan(3);
select tests.members('ana');
select is(tests.as_role('stranger', $$select alias from apartado.link_identity('ana', 'i', 's')$$), '42501', 'not a stranger');
select is(tests.as_role('apartado_api', $$select alias from apartado.link_identity('ana', 'i', 's')$$), 'ana', 'the service, which has verified a token');
select is(tests.as_role('dba', $$select alias from apartado.link_identity('ana', 'i', 's')$$), 'ana', 'an operator''s role');
