select plan(5);
select is_empty($$
  select p.oid::regprocedure from pg_proc p
   where p.pronamespace = 'apartado'::regnamespace and has_function_privilege('stranger', p.oid, 'execute')
$$, 'no function');
select is_empty($$
  select c.oid::regclass from pg_class c
   where c.relnamespace = 'apartado'::regnamespace and c.relkind in ('r', 'v', 'S')
     and case c.relkind when 'S' then has_sequence_privilege('stranger', c.oid, 'usage, select, update') else has_table_privilege('stranger', c.oid, 'select, insert, update, delete, truncate') end
$$, 'no table, view or sequence');
set local role apartado_owner;
create function apartado.made_later() returns integer language sql as 'select 1';
reset role;
select is(has_function_privilege('stranger', 'apartado.made_later()', 'execute'), false, 'nor one that the owner makes later');
select is_empty($$
  select c.oid::regclass from pg_class c
   where c.relnamespace = 'apartado'::regnamespace and c.relkind = 'r'
     and (has_table_privilege('apartado_api', c.oid, 'select, insert, update, delete, truncate') or not c.relrowsecurity)
$$, 'the service reads and writes no table but through functions, and each has row-level security');
select is(tests.as_role('apartado_api', 'select count(*) from apartado.members'), '42501', 'as one sees');
