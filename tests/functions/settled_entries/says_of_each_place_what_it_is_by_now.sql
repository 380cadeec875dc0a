select plan(3);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai', 'dan'), tests.item('disc');
select tests.held('disc', 'ana'), tests.waiting('disc', 'ben');
select from apartado.join_queue('cai', apartado.item_id('disc'), p_needed_until => apartado.clock() + interval '1 hour');
select tests.waiting('disc', 'dan');
select from apartado.suspend_entry('dan', apartado.item_id('disc'));
create view pg_temp.settled as
  select m.alias, e.status from apartado.settled_entries() e join apartado.queue_entries q using (queue_entry_id) join apartado.members m using (member_id);
select results_eq('select * from pg_temp.settled order by alias', $$values ('ben', 'waiting'), ('cai', 'waiting'), ('dan', 'suspended')$$, 'all of them');
select tests.advance('1 hour');
select results_eq('select * from pg_temp.settled order by alias', $$values ('ben', 'waiting'), ('dan', 'suspended')$$, 'whose time is over is there no more');
select is(tests.as_role('stranger', 'select count(*) from apartado.settled_entries()'), '42501', 'not for a stranger');
