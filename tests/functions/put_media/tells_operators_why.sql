select plan(4);
select tests.operator('olga');
select from apartado.put_media('olga', 'dam-1', p_type => 'image', p_idempotency_key => 'k', p_reason => 'new sleeve');
select is((select concat_ws(' ', kind, details ->> 'reason') from apartado.events order by event_id desc limit 1), 'media.created new sleeve', 'it is told with the reason');
select tests.refuses($$select * from apartado.put_media('olga', 'dam-1', p_type => 'image', p_idempotency_key => 'k')$$, 'RS310', 'idempotency_key', 'without the reason it is another request');
select tests.refuses($$select * from apartado.put_media('olga', 'dam-1', p_reason => ' ')$$, 'RS205', 'reason');
update apartado.locations set name = 'Elsewhere' where code = 'main';
select is((select concat_ws(' ', kind, details ->> 'reason') from apartado.events order by event_id desc limit 1), 'location.changed', 'what comes after in the same transaction has not the same reason');
