select plan(6);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai', 'dan'), tests.item('disc'), tests.item('tape'), tests.item('book');
select tests.held('disc', 'ana'), tests.held('tape', 'ana'), tests.held('book', 'ana'), tests.waiting('disc', 'ben'), tests.waiting('tape', 'cai');
select tests.advance('168 hours');
create function pg_temp.said(p_alias text, p_mode text) returns text language sql as $$
  select string_agg(concat_ws(' ', outcome, code, "position"), ', ' order by line)
    from apartado.reserve_many(p_alias, (select jsonb_agg(jsonb_build_object('item', i.item_id) order by i.item_id) from apartado.items i), p_mode)
$$;
select is(pg_temp.said('cai', 'best_effort'), 'refused RS301, reserved, reserved', 'the disc is ben''s now, the tape was cai''s turn, and the book is free');
select is(tests.holders('disc'), 'ben 1', 'ben was served');
select is((select count(*) from apartado.reservations where queue_entry_id is not null and member_id = apartado._member_id('cai')), 1::bigint, 'the tape is the promotion, not a second one');
select is(pg_temp.said('dan', 'reserve_or_queue'), 'queued 1, queued 1, queued 1', 'who comes later waits');
select is((select string_agg(kind, ' ' order by event_id) from apartado.events where stock_id = (select stock_id from apartado.stock where item_id = apartado.item_id('disc'))), 'stock.changed reservation.created queue.joined reservation.expired queue.promoted reservation.created queue.joined', 'told in order');
select tests.commits();
