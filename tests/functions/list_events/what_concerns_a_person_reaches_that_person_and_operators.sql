select plan(5);
create temporary table signed as select * from apartado.sign_in('ana');
select tests.members('ben'), tests.operator('olga');
select apartado._number_events();
select is((kind, item_id, location), ('member.signed_in'::text, null::bigint, null::text), 'ana sees that she signed in') from apartado.list_events('ana');
select is_empty($$select * from apartado.list_events('ben')$$, 'ben does not');
select is_empty('select * from apartado.list_events(null)', 'nor does a visitor');
select is((data ->> 'actor'), 'ana', 'an operator does') from apartado.list_events('olga');
select tests.item('disc'), tests.held('disc', 'ana'), tests.waiting('disc', 'ben');
select apartado._number_events();
select is((select array_agg(array[data ->> 'status', data ->> 'entry_status'] order by v) from unnest('{ana,ben,olga}'::text[]) v, apartado.list_events(v) where kind = 'queue.joined'),
          '{{reserved_by_others,null},{reserved_by_others,null},{reserved_by_others,waiting}}'::text[], 'the status is the item''s for everybody, and an operator is told the entry''s, too');
