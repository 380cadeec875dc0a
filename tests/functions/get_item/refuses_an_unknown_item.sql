select plan(2);
select throws_ok($$ select * from apartado.get_item(null, 999999) $$, 'RS101', null, 'unknown');
select throws_ok($$ select * from apartado.get_item(null, null) $$, 'RS101', null, 'none named');
