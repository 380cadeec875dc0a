select plan(4);
select tests.operator('olga');
select from apartado.set_location('olga', 'till', p_idempotency_key => 'k', p_reason => 'the fair');
select is((select details ->> 'reason' from apartado.events order by event_id desc limit 1), 'the fair', 'it is told with the reason');
select tests.refuses($$select * from apartado.set_location('olga', 'till', p_idempotency_key => 'k', p_reason => 'another')$$, 'RS310', 'idempotency_key', 'another reason is another request');
select tests.refuses($$select * from apartado.set_location('olga', 'till', p_reason => ' ')$$, 'RS205', 'reason');
update apartado.locations set name = 'Elsewhere' where code = 'main';
select is((select concat_ws(' ', kind, details ->> 'reason') from apartado.events order by event_id desc limit 1), 'location.changed', 'what comes after in the same transaction has not the same reason');
