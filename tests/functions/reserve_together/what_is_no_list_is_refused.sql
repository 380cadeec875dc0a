select plan(4);
select tests.item('disc', 9);
select tests.refuses(format($$select * from apartado.reserve_together(apartado.item_id('disc'), null, %L)$$, r), 'RS205', 'requests', coalesce(r, 'nothing'))
  from unnest(array[null, 'null', '{}', '"text"']) r;
