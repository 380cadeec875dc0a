select plan(2);
select tests.freeze('2030-01-01 12:00Z');

select tests.members('ana'), tests.item('disc');
insert into apartado.policies (name, extension_limit, extension_total) values ('vip', 9, '500 hours');
insert into apartado.member_classes (code, policy_id) select 'vip', policy_id from apartado.policies where name = 'vip';
update apartado.members set class_id = (select class_id from apartado.member_classes);
select tests.held('disc', 'ana');
select is((select extensions_left from apartado.extend_reservation('ana', tests.reservation('ana', 'disc'), '1 hour')), 8, 'of nine');
select tests.commits();
