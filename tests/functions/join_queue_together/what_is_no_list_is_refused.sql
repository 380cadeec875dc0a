select plan(4);
select tests.item('disc', 9);
select tests.refuses(format($$select * from apartado.join_queue_together(%L)$$, r), 'RS205', 'requests', coalesce(r, 'nothing'))
  from unnest(array[null, 'null', '{}', '"text"']) r;
