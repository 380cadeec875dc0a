select plan(17);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.item('disc', 3), tests.item('other');
select tests.held('disc', 'ana');
select from apartado.mark_sold(null, apartado.item_id('disc'), p_buyer => 'ben', p_quantity => 1);
select from apartado.join_queue('ben', apartado.item_id('disc'), 2);
select tests.cannot_commit('update apartado.stock set ' || edit || ' where item_id = apartado.item_id(''disc'')', code, edit) from (values
  ('available = available - 1, reserved = reserved + 1', 'RS312'),
  ('available = available + 1, reserved = reserved - 1, version = version + 1', 'RS312'),
  ('available = available - 1, sold = sold + 1, version = version + 1', 'RS312'),
  ('sold = 0, total = total - 1, version = version + 1', 'RS312'),
  ('queue_length = 0, version = version + 1', 'RS312'),
  ('queue_length = queue_length + 1, version = version + 1', 'RS312'),
  ('available = available + 1, version = version + 1', '23514'),
  ('total = total - 1, version = version + 1', '23514'),
  ('available = -1, reserved = reserved + 2, version = version + 1', '23514'),
  ('available = null, version = version + 1', '23502'),
  ('queue_length = -1, version = version + 1', '23514'),
  ('version = version', 'RS312'),
  ('version = version - 1', 'RS312'),
  ('next_due_at = ''infinity''', 'RS312'),
  ('stock_id = default, version = version + 1', 'RS312'),
  ('item_id = apartado.item_id(''other''), version = version + 1', 'RS312')
) v (edit, code);
select tests.commits();
