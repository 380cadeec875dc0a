select plan(12);
select tests.item('disc');
select throws_ok(format('update apartado.stock set %I = -1, total = total, version = version + 1', c), '23514', null, c || ' below nothing')
  from unnest('{available,reserved,sold,queue_length}'::text[]) c;
select throws_ok(format('update apartado.stock set %I = null, version = version + 1', c), '23502', null, c || ' unknown')
  from unnest('{total,available,reserved,sold,queue_length,next_ticket,next_due_at}'::text[]) c;
select col_not_null('apartado', 'stock', 'version', 'version unknown');
