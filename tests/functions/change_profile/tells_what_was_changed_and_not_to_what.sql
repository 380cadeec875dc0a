select plan(4);
select tests.members('ana');
select from apartado.change_profile('ana', 'Hidden', p_show_name => true);
select results_eq($$select kind, data -> 'profile' from apartado.events$$, $$values ('member.changed', '["display_name", "show_name"]'::jsonb)$$, 'told once');
select is_empty($$select e.event_id from apartado.events e where e::text ~ 'Hidden'$$, 'the ledger keeps no names');
select from apartado.change_profile('ana', 'Hidden', p_show_name => true);
select is((select count(*) from apartado.events), 1::bigint, 'what was so already is not told');
select tests.refuses($$select * from apartado.change_profile(null, 'x')$$, 'RS601', 'member', 'a visitor has no profile');
