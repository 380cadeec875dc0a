select plan(15);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.item('disc', 2);
select from apartado.mark_sold(null, apartado.item_id('disc'), p_buyer => 'ana');
select tests.cannot_commit(edit, code, edit) from (values
  ('update apartado.purchases set price = 1', 'RS312'),
  ('update apartado.purchases set quantity = 2', 'RS312'),
  ('update apartado.purchases set member_id = null', 'RS312'),
  ('update apartado.purchases set notes = ''rewritten''', 'RS312'),
  ('update apartado.purchases set undone = 1, undone_at = purchased_at, undo_reason = ''by hand''', 'RS312'),
  ('update apartado.purchases set undone = 1', '23514'),
  ('update apartado.purchases set undone = 2, undone_at = purchased_at, undo_reason = ''more than there was''', '23514'),
  ('update apartado.purchases set undone_at = purchased_at', 'RS312'),
  ('delete from apartado.purchases', 'RS312'),
  ('truncate apartado.purchases cascade', 'RS312'),
  ('insert into apartado.purchases (stock_id, quantity, currency, purchased_at) select stock_id, 1, ''EUR'', now() from apartado.stock', 'RS312'),
  ('insert into apartado.purchases (stock_id, quantity, currency, purchased_at) select stock_id, 0, ''EUR'', now() from apartado.stock', '23514'),
  ('insert into apartado.purchases (stock_id, quantity, currency, purchased_at) select stock_id, -1, ''EUR'', now() from apartado.stock', '23514'),
  ('insert into apartado.purchases (stock_id, quantity, price, currency, purchased_at) select stock_id, 1, -1, ''EUR'', now() from apartado.stock', '23514')
) v (edit, code);
select tests.commits();
