select plan(1);
select apartado.count_attempt('sign_in', 'ana') from generate_series(1, 3);
select apartado.count_attempt('sign_in', 'ben');
select from apartado.sign_in('ana');
select results_eq('select subject, tries from apartado.attempts', $$values ('ben', 1)$$);
