select plan(10);
select tests.members('ana'), tests.operator('olga'), tests.item('disc');
select from apartado.mark_sold(null, apartado.item_id('disc'), p_buyer => 'ana');
create function pg_temp.purchase() returns bigint language sql as 'select max(purchase_id) from apartado.purchases';
select tests.refuses($$select * from apartado.undo_sale('ana', pg_temp.purchase(), 'why')$$, 'RS602', 'actor', 'members may not, even their own');
select tests.refuses($$select * from apartado.undo_sale(null, -1, 'why')$$, 'RS108/purchase', 'purchase', 'unknown');
select tests.refuses($$select * from apartado.undo_sale(null, null, 'why')$$, 'RS108/purchase', 'purchase', 'none');
select tests.refuses(format('select * from apartado.undo_sale(null, pg_temp.purchase(), %L)', r), 'RS205', 'reason', n)
  from (values (null, 'no reason'), ('  ', 'a blank one'), (repeat('r', 501), '501 characters')) v (r, n);
create temporary table first as select * from apartado.undo_sale('olga', pg_temp.purchase(), 'why', p_idempotency_key => 'k');
create temporary table before as select tests.state();
select results_eq($$select c::text from apartado.undo_sale('olga', pg_temp.purchase(), 'why', p_idempotency_key => 'k') c$$, $$select c::text from first c$$, 'the same key gives the same answer');
select results_eq('select tests.state()', 'select * from before', 'and writes nothing');
select tests.refuses($$select * from apartado.undo_sale('olga', pg_temp.purchase(), 'other', p_idempotency_key => 'k')$$, 'RS310', 'idempotency_key', 'another request is another key');
select tests.commits();
