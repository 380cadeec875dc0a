select plan(3);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.item('disc', 2);
select tests.held('disc', 'ana');
update apartado.policies set hold = interval '1 hour';
select is((select expires_at from apartado.list_reservations('ana')), '2030-01-08 12:00Z', 'ana''s stays as promised');
select tests.refuses($$select * from apartado.reserve('ben', apartado.item_id('disc'), p_ttl => '2 hours')$$, 'RS203', 'ttl', 'two hours are too long now');
select is((select expires_at from apartado.reserve('ben', apartado.item_id('disc'))), '2030-01-01 13:00Z', 'ben has one');
