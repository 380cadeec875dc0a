select plan(6);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai', 'vera', 'viv', 'eva'), tests.item('disc');
insert into apartado.policies (name, priority) values ('vip', 10);
insert into apartado.member_classes (code, policy_id) select name, policy_id from apartado.policies where name = 'vip';
update apartado.members set class_id = (select class_id from apartado.member_classes) where alias like 'v%';
select tests.held('disc', 'ana'), tests.waiting('disc', 'ben', 'cai');
select is((select "position" from apartado.join_queue('vera', apartado.item_id('disc'))), 1::bigint, 'a class of its own goes first');
select is((select "position" from apartado.join_queue('viv', apartado.item_id('disc'))), 2::bigint, 'and within it who came first');
select is((select "position" from apartado.join_queue('eva', apartado.item_id('disc'))), 5::bigint, 'the others behind');
create temporary table served (n integer, alias text);
create function tests.next(p_n integer) returns void language plpgsql as $$
begin
  perform from apartado.reservations r join apartado.members m using (member_id), apartado.cancel_reservation(m.alias, r.reservation_id) where r.status = 'active';
  insert into served select p_n, m.alias from apartado.reservations r join apartado.members m using (member_id) where r.status = 'active';
end;
$$;
select tests.next(n) from generate_series(1, 5) n;
select is(string_agg(alias, ' ' order by n), 'vera viv ben cai eva', 'served in this order') from served;
select is((select count(*) from apartado.queue_entries where status = 'promoted'), 5::bigint, 'each once');
select tests.commits();
