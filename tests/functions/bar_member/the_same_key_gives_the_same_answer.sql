select plan(2);
select tests.members('ana');
create temporary table first as select * from apartado.bar_member(null, 'ana', 'why', p_idempotency_key => 'k');
select from apartado.unbar_member(null, 'ana', 'a mistake');
select results_eq($$select b::text from apartado.bar_member(null, 'ana', 'why', p_idempotency_key => 'k') b$$, 'select f::text from first f', 'every field');
select is(barred_at, null, 'and who was forgiven stays so') from apartado.members;
