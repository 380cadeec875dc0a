select plan(12);
select tests.members('ana'), tests.item('disc', 2);
select tests.held('disc', 'ana');
set constraints all immediate; -- a pending check would stop a truncate before its guard does
set constraints all deferred;
insert into apartado.locations (code, name) values ('annex', 'Annex');
select tests.cannot_commit(edit, code, edit) from (values
  ('delete from apartado.stock', 'RS312'),
  ('truncate apartado.stock cascade', 'RS312'),
  ('delete from apartado.stock_tallies', 'RS312'),
  ('truncate apartado.stock_tallies', 'RS312'),
  ('delete from apartado.items', 'RS312'),
  ('truncate apartado.items cascade', 'RS312'),
  ('insert into apartado.stock (item_id, location_id, total, available) select item_id, location_id, 1, 1 from apartado.stock', '23505'),
  ('insert into apartado.stock (item_id, location_id, total, available, reserved) select s.item_id, l.location_id, 1, 0, 1 from apartado.stock s, apartado.locations l where l.code = ''annex''', 'RS312'),
  ('insert into apartado.stock (item_id, location_id, total, available, sold) select s.item_id, l.location_id, 1, 0, 1 from apartado.stock s, apartado.locations l where l.code = ''annex''', 'RS312'),
  ('insert into apartado.stock (item_id, location_id, total, available, queue_length) select s.item_id, l.location_id, 0, 0, 1 from apartado.stock s, apartado.locations l where l.code = ''annex''', 'RS312')
) v (edit, code);
select lives_ok($$insert into apartado.stock (item_id, location_id, total, available) select s.item_id, l.location_id, 1, 1 from apartado.stock s, apartado.locations l where l.code = 'annex'$$,
                'free units at another location are no lie');
select tests.commits();
