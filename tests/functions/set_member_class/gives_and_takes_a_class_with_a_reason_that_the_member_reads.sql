select plan(5);
select tests.freeze('2030-01-01 12:00Z');
select tests.operator('olga'), tests.member('ana'), tests.item('disc', 2);
select from apartado.set_policy('olga', 'vip', '{"hold": "PT200H"}', p_class => 'vip', p_reason => 'new');
select is((select (alias, class, server_time)::text from apartado.set_member_class('olga', 'ANA', 'vip', 'ten records')), '(ana,vip,"2030-01-01 12:00:00+00")', 'the member and the class');
select is((select data from apartado.events where kind = 'member.changed' order by event_id desc limit 1), '{"is_operator": false, "barred": false, "class": "vip", "reason": "ten records"}', 'told with the reason');
select is((select expires_at from apartado.reserve('ana', apartado.item_id('disc'))), '2030-01-09 20:00Z', 'the new rules are heard');
select is((select class from apartado.set_member_class('olga', 'ana', null, 'moved away')), null, 'and taken again');
select is((select expires_at from apartado.list_reservations('ana')), '2030-01-09 20:00Z', 'what she has keeps its deadline');
