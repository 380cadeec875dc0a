select plan(4);
create temporary table signed as select * from apartado.sign_in('ana');
select tests.members('ben'), tests.operator('olga');
select apartado._number_events();
select is((kind, item_id, location), ('member.signed_in'::text, null::bigint, null::text), 'ana sees that she signed in') from apartado.list_events('ana');
select is_empty($$select * from apartado.list_events('ben')$$, 'ben does not');
select is_empty('select * from apartado.list_events(null)', 'nor does a visitor');
select is((data ->> 'actor'), 'ana', 'an operator does') from apartado.list_events('olga');
