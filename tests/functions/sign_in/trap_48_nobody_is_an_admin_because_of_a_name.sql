select plan(18);
select tests.refuses(format('select * from apartado.sign_in(%L)', a), 'RS201', 'alias')
  from unnest(array['admin', 'ADMIN', ' admin ', 'ａｄｍｉｎ', 'ⓐdmin', 'administrator', 'operator', 'root', 'system', 'apartado', 'anonymous', 'null', 'undefined', 'me', 'support']) a;
select is((select is_operator from apartado.sign_in('admin2')), false, 'a name that is allowed makes no operator');
select is((select count(*) from apartado.members where is_operator), 0::bigint, 'nobody is one');
select tests.refuses($$select * from apartado.put_items('admin2', '[]')$$, 'RS602', 'actor', 'and may nothing');
