select plan(5);
create temporary table first as select * from apartado.sign_in('ana.k');
select is((select alias from apartado.sign_in(a, (select recovery_secret from first))), 'ana.k', format('[%s]', a))
  from unnest(array['ANA.K', ' ana.k ', 'Ａｎａ．ｋ', 'ana.' || chr(8490)]) a;
select is((select count(*) from apartado.members), 1::bigint, 'one member');
