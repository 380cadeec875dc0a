select plan(7);
select tests.member('ana'), tests.operator('olga');
select from apartado.grant_operator('olga', 'ana', 'k', 'she runs the till now');
select is((select data ->> 'reason' from apartado.events), 'she runs the till now', 'it is told with the reason');
select is(is_operator, true, 'the same again') from apartado.grant_operator('olga', 'ana', 'k', 'she runs the till now');
select tests.refuses($$select * from apartado.grant_operator('olga', 'ana', 'k')$$, 'RS310', 'idempotency_key', 'without the reason it is another request');
select tests.refuses(format('select * from apartado.grant_operator(''olga'', ''ana'', p_reason => %L)', r), 'RS205', 'reason') from unnest(array['', ' ', repeat('x', 501)]) r;
update apartado.locations set name = 'Elsewhere' where code = 'main';
select is((select concat_ws(' ', kind, details ->> 'reason') from apartado.events order by event_id desc limit 1), 'location.changed', 'what comes after in the same transaction has not the same reason');
