select plan(10);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.operator('olga'), tests.item('disc', 3), tests.item('tape'), tests.item('book');
select tests.held('tape', 'ben');
select tests.waiting('tape', 'ana');
select from apartado.reserve('ana', apartado.item_id('disc'), 2, p_ttl => '1 hour');
select from apartado.mark_sold(null, apartado.item_id('book'), p_buyer => 'ana');
select from apartado.add_to_cart('ana', apartado.item_id('disc'));
select results_eq($$select alias, language, is_operator, class, joined, barred_at, server_time from apartado.get_member('olga', ' ANA')$$,
  $$values ('ana', 'en', false, null::text, timestamptz '2030-01-01 12:00Z', null::timestamptz, timestamptz '2030-01-01 12:00Z')$$, 'who she is, by whatever form of the alias');
select is((select reservations - 0 from apartado.get_member('olga', 'ana')), '[]', 'she holds one thing');
select is((select reservations -> 0 from apartado.get_member('olga', 'ana')), jsonb_build_object(
  'reservation_id', tests.reservation('ana', 'disc'), 'item_id', apartado.item_id('disc'), 'title', 'Title of disc', 'location', 'main',
  'quantity', 2, 'price', '12.50', 'currency', 'EUR', 'expires_at', '2030-01-01T13:00:00.000000Z'), 'every field of what she holds');
select is((select entries #- '{0,queue_entry_id}' from apartado.get_member('olga', 'ana')), jsonb_build_array(jsonb_build_object(
  'item_id', apartado.item_id('tape'), 'title', 'Title of tape', 'location', 'main', 'quantity', 1, 'status', 'waiting', 'position', 1, 'offered_until', null)), 'where she waits');
select is((select purchases #- '{0,purchase_id}' from apartado.get_member('olga', 'ana')), jsonb_build_array(jsonb_build_object(
  'item_id', apartado.item_id('book'), 'title', 'Title of book', 'location', 'main', 'quantity', 1, 'price', '12.50', 'currency', 'EUR',
  'purchased_at', '2030-01-01T12:00:00.000000Z', 'undone', 0, 'reference', null, 'order_id', null)), 'what she bought');
select is((select carts #- '{0,cart_id}' from apartado.get_member('olga', 'ana')), '[{"location": "main", "lines": 1, "units": 1}]', 'her carts');
select is((select array[jsonb_array_length(reservations), jsonb_array_length(entries), jsonb_array_length(purchases), jsonb_array_length(carts)] from apartado.get_member('olga', 'ben')),
  '{1,0,0,0}', 'and nothing of hers with another');
select from apartado.undo_sale(null, (select (purchases -> 0 ->> 'purchase_id')::bigint from apartado.get_member(null, 'ana')), 'scratched');
select is((select purchases -> 0 ->> 'undone' from apartado.get_member(null, 'ana')), '1', 'what was taken back');
select from apartado.bar_member('olga', 'ana', 'resells');
select results_eq($$select barred_at, barred_reason, jsonb_array_length(reservations) from apartado.get_member('olga', 'ana')$$,
  $$values (timestamptz '2030-01-01 12:00Z', 'resells', 1)$$, 'who is barred is shown as well, with why');
select from apartado.set_policy(null, 'regulars', '{"hold": 3600}', p_class => 'regular', p_reason => 'new');
select from apartado.set_member_class(null, 'ben', 'regular', 'comes each week');
select is((select class from apartado.get_member('olga', 'ben')), 'regular', 'the class');
