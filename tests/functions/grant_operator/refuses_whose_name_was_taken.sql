select plan(3);
select tests.members('ana');
create temporary table gone as select alias from apartado.anonymise(null, 'ana', 'she asked');
select tests.refuses(format('select * from apartado.grant_operator(null, %L)', alias), 'RS312/nameless', 'alias', 'nobody can act as them') from gone;
select is(is_operator, false, 'what is so already may be said') from gone, apartado.revoke_operator(null, gone.alias);
select is((select count(*) from apartado.members where is_operator), 0::bigint, 'nobody became one');
