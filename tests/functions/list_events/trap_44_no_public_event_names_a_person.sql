select plan(6);
-- everything that can happen, done by people with names that occur nowhere else
select tests.freeze('2030-01-01 12:00Z');
select tests.members('xxana', 'xxben', 'xxcai'), tests.operator('xxolga'), tests.item('disc', 3, p_restock => false);
select tests.acts('xxana');
select from apartado.reserve('xxana', apartado.item_id('disc'), 3);
select from apartado.join_queue('xxben', apartado.item_id('disc'));
select from apartado.join_queue('xxcai', apartado.item_id('disc'));
select from apartado.confirm_reservation('xxana', tests.reservation('xxana', 'disc'), 1, 'xxreference');
select from apartado.revoke_reservation('xxolga', tests.reservation('xxana', 'disc'), 'xxreason');
select from apartado.leave_queue('xxcai', apartado.item_id('disc'));
select from apartado.adjust_stock('xxolga', apartado.item_id('disc'), 1, 'xxreason');
select from apartado.mark_sold('xxolga', apartado.item_id('disc'), p_notes => 'xxnotes');
select from apartado.grant_operator('xxolga', 'xxben');
select apartado._number_events();
select cmp_ok((select count(*) from apartado.list_events(null)), '>', 10::bigint, 'much happened');
select is_empty($$select * from apartado.list_events(null) e where e::text ~ 'xx'$$, 'and no name, reference, reason or note is in what a visitor reads');
select is_empty($$select * from apartado.list_events('xxcai') e where e::text ~ 'xx'$$, 'nor in what another member reads');
select is_empty($$select pos, kind, item_id, location, public, at from apartado.tail_events(0) e where e.public::text ~ 'xx'$$, 'nor in what the service sends to everybody');
select set_eq($$select distinct jsonb_object_keys(data) from apartado.list_events(null)$$, '{item_id,location,status,available,reserved,sold,queue_length,version,at}'::text[],
              'the public form has these fields and no other');
select is_empty($$select * from apartado.list_events('xxolga') e where e.data ->> 'actor' is null$$, 'operators read who it was') ;
