select plan(5);
select tests.members('ana', 'ben'), tests.operator('olga'), tests.item('disc');
select from apartado.add_to_cart('ana', apartado.item_id('disc'));
select from apartado.sign_in('zoe');
update apartado.members set show_name = true where alias = 'ana';
select from apartado._number_events();
create temporary table private as select * from apartado.tail_events(0) where kind ~ '^(cart|member)\.';
select is((select array_agg(distinct kind order by kind) from private), '{cart.changed,member.changed,member.signed_in}', 'such events there are');
select is((select count(*) from private where public is not null), 0::bigint, 'and nothing for everybody');
select is((select count(*) from private p where exists (select from apartado.list_events(null) e where e.pos = p.pos)
                                             or exists (select from apartado.list_events('ben') e where e.pos = p.pos)), 0::bigint, 'nor for another member');
select is((select array_agg(distinct e.kind order by e.kind) from apartado.list_events('ana') e join private using (pos)), '{cart.changed,member.changed}', 'hers are for her');
select is((select count(*) from apartado.list_events('olga') e join private using (pos)), (select count(*) from private), 'operators have all of them');
