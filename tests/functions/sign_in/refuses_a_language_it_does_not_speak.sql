select plan(3);
select tests.refuses(format('select * from apartado.sign_in(''ana'', p_language => %L)', l), 'RS205', 'language') from unnest('{fr,EN,""}'::text[]) l;
