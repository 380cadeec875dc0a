select plan(8);
create temporary table signed as select * from apartado.sign_in('ana', p_device_name => '  Ana’s phone ');
select is(device_name, 'Ana’s phone', 'without blanks around it') from apartado.sessions;
select is((select device_name from apartado.list_sessions('ana')), 'Ana’s phone', 'she sees it among her sessions');
select lives_ok($$select * from apartado.sign_in('ana', (select recovery_secret from signed), p_device_name => ' ')$$, 'a blank one');
select is((select device_name from apartado.list_sessions('ana') limit 1), null, 'is none');
create temporary table paired as select p.* from apartado.start_pairing('ana') s cross join lateral apartado.pair(s.code, p_device_name => repeat('x', 100)) p;
select is((select device_name from apartado.list_sessions('ana') limit 1), repeat('x', 100), 'a paired one, too; 100 characters');
select tests.refuses(format('select * from apartado.sign_in(''ana'', ''s'', p_device_name => %L)', d), 'RS205', 'device_name') from unnest(array[repeat('x', 101), E'a\nb', U&'a\202Eb']) d;
