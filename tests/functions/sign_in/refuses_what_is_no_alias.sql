select plan(14);
select tests.refuses(format('select * from apartado.sign_in(%L)', a), 'RS201', 'alias', format('[%s]', left(a, 40)))
  from unnest(array[null, '', ' ', '-ana', '.ana', 'ana maria', 'ana@home', 'añа', 'ana' || chr(10) || 'b', 'ana;--', repeat('a', 33), repeat('a', 100000)]) a;
select is((select alias from apartado.sign_in(repeat('a', 32))), repeat('a', 32), '32 characters are one');
select is((select alias from apartado.sign_in('_x-9.z')), '_x-9.z', 'with digits, dots, hyphens and underscores');
