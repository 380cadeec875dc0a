select plan(4);
select tests.operator('olga');
select from apartado.put_page('olga', 'about', 'legal', p_idempotency_key => 'k', p_reason => 'the law asks for it');
select is((select concat_ws(' ', kind, details ->> 'reason') from apartado.events order by event_id desc limit 1), 'page.created the law asks for it', 'it is told with the reason');
select tests.refuses($$select * from apartado.put_page('olga', 'about', 'legal', p_idempotency_key => 'k')$$, 'RS310', 'idempotency_key', 'without the reason it is another request');
select tests.refuses($$select * from apartado.put_page('olga', 'about', p_reason => ' ')$$, 'RS205', 'reason');
update apartado.locations set name = 'Elsewhere' where code = 'main';
select is((select concat_ws(' ', kind, details ->> 'reason') from apartado.events order by event_id desc limit 1), 'location.changed', 'what comes after in the same transaction has not the same reason');
