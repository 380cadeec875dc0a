select plan(4);
select tests.operator('ana'), tests.operator('olga');
select from apartado.revoke_operator('olga', 'ana', 'k', 'she left the shop');
select is((select data ->> 'reason' from apartado.events order by event_id desc limit 1), 'she left the shop', 'it is told with the reason');
select tests.refuses($$select * from apartado.revoke_operator('olga', 'ana', 'k', 'another')$$, 'RS310', 'idempotency_key', 'another reason is another request');
select tests.refuses($$select * from apartado.revoke_operator('olga', 'ana', p_reason => ' ')$$, 'RS205', 'reason');
update apartado.locations set name = 'Elsewhere' where code = 'main';
select is((select concat_ws(' ', kind, details ->> 'reason') from apartado.events order by event_id desc limit 1), 'location.changed', 'what comes after in the same transaction has not the same reason');
