select plan(10);
select tests.members('ana'), tests.operator('olga'), tests.item('disc');
select tests.refuses($$select * from apartado.set_visibility('ana', apartado.item_id('disc'), false, 'why')$$, 'RS602', 'actor', 'members may not');
select tests.refuses($$select * from apartado.set_visibility(null, -1, false, 'why')$$, 'RS101', 'item', 'unknown');
select tests.refuses($$select * from apartado.set_visibility(null, null, false, 'why')$$, 'RS101', 'item', 'none');
select tests.refuses($$select * from apartado.set_visibility(null, apartado.item_id('disc'), null, 'why')$$, 'RS205', 'visible', 'neither');
select tests.refuses(format('select * from apartado.set_visibility(null, apartado.item_id(''disc''), false, %L)', r), 'RS205', 'reason', n)
  from (values (null, 'no reason'), ('  ', 'a blank one'), (repeat('r', 501), '501 characters')) v (r, n);
create temporary table first as select * from apartado.set_visibility('olga', apartado.item_id('disc'), false, 'why', 'k');
create temporary table before as select tests.state();
select results_eq($$select c::text from apartado.set_visibility('olga', apartado.item_id('disc'), false, 'why', 'k') c$$, $$select c::text from first c$$, 'the same key gives the same answer');
select results_eq('select tests.state()', 'select * from before', 'and writes nothing');
select tests.refuses($$select * from apartado.set_visibility('olga', apartado.item_id('disc'), true, 'why', 'k')$$, 'RS310', 'idempotency_key', 'another request is another key');
