select plan(5);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.operator('olga'), tests.item('disc', p_restock => false);
select tests.acts('ana');
select tests.held('disc', 'ana');
select tests.acts('ben');
select tests.waiting('disc', 'ben');
select tests.acts('olga');
select from apartado.mark_sold('olga', apartado.item_id('disc'), p_notes => 'a secret');
select apartado._number_events();
create function tests.own(p_alias text) returns text language sql as $$
  select string_agg(kind || ' ' || (data - '{item_id,location,status,available,reserved,sold,queue_length,version,at,reservation_id,queue_entry_id,purchase_id}'::text[])::text, E'\n' order by pos)
    from apartado.list_events(p_alias);
$$;
select is(tests.own(null), E'stock.changed {}\nreservation.created {}\nqueue.joined {}\nreservation.sold {}\npurchase.created {}\nqueue.closed {}', 'a visitor: nothing beside the state');
select is(tests.own('ana'), E'stock.changed {}\nreservation.created {"quantity": 1, "expires_at": "2030-01-08T12:00:00.000000Z"}\nqueue.joined {}\n'
  'reservation.sold {"quantity": 1, "expires_at": "2030-01-08T12:00:00.000000Z"}\npurchase.created {"price": "12.50", "currency": "EUR", "quantity": 1}\nqueue.closed {}', 'ana: what is hers');
select is(tests.own('ben'), E'stock.changed {}\nreservation.created {}\nqueue.joined {"position": 1, "quantity": 1}\n'
  'reservation.sold {}\npurchase.created {}\nqueue.closed {"reason": "sold", "quantity": 1}', 'ben: what is his');
select is((select string_agg(concat_ws(' ', kind, data ->> 'actor', data ->> 'notes', data ->> 'quantity'), ', ' order by pos) from apartado.list_events('olga')),
  'stock.changed role:' || session_user || ', reservation.created ana 1, queue.joined ben 1, reservation.sold olga 1, purchase.created olga a secret 1, queue.closed olga 1', 'an operator: all, with who did it');
select is((select data -> 'reservation_id' from apartado.list_events('ana') where kind = 'reservation.created'), to_jsonb(tests.reservation('ana', 'disc')), 'ids are numbers');
