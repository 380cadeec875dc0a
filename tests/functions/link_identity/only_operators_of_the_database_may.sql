select plan(3);
select tests.members('ana');
select is(tests.as_role('apartado_api', $$select alias from apartado.link_identity('ana', 'i', 's')$$), '42501', 'the service may not: it has verified nothing');
select is(tests.as_role('stranger', $$select alias from apartado.link_identity('ana', 'i', 's')$$), '42501', 'nor a stranger');
select is(tests.as_role('dba', $$select alias from apartado.link_identity('ana', 'i', 's')$$), 'ana', 'an operator''s role may');
