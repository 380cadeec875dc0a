select plan(1);
select tests.members('ana'), tests.item('disc');
set local intervalstyle = iso_8601;
select from apartado.reserve('ana', apartado.item_id('disc'), p_ttl => '90 minutes', p_idempotency_key => 'k');
set local intervalstyle = sql_standard;
select lives_ok($$select * from apartado.reserve('ana', apartado.item_id('disc'), p_ttl => '90 minutes', p_idempotency_key => 'k')$$,
                'the same time in another style is the same request');
